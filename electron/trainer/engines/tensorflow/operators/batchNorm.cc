// Operators for TensorFlow on a processor: batch normalization in training, along the last of four axes. `least` and `most`: where its
// results are cut off, as ReLU does; what is cut off has no gradient.
//
//   NetloomBatchNorm      x, scale, offset → y, mean, variance (of the sample), inverse (1 / √(variance of the batch + epsilon))
//   NetloomBatchNormGrad  d, x, scale, offset, mean, inverse → dX, dScale, dOffset
#include "batchNorm.h"
#include "kernel.h"

namespace {

struct Attributes {
  float epsilon, least, most;
};

void *create(TF_OpKernelConstruction *construction) {
  auto *own = new Attributes;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrFloat(construction, "epsilon", &own->epsilon, status);
  if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrFloat(construction, "least", &own->least, status);
  if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrFloat(construction, "most", &own->most, status);
  if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return own;
}

void destroy(void *kernel) { delete static_cast<Attributes *>(kernel); }

Normalization normalizationOf(void *kernel, const std::vector<int64_t> &shape) {
  const auto &own = *static_cast<Attributes *>(kernel);
  return {shape[0] * shape[1] * shape[2], shape[3], own.epsilon, own.least, own.most};
}

void compute(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto shape = run.shape(0, 4);
  const std::vector<int64_t> perChannel{shape[3]};
  const float *x = run.input(0), *scale = run.input(1), *offset = run.input(2);
  float *y = run.output(0, shape), *mean = run.output(1, perChannel), *variance = run.output(2, perChannel), *inverse = run.output(3, perChannel);
  if (run.good()) normalize(normalizationOf(kernel, shape), x, scale, offset, {y, mean, variance, inverse});
}

void computeGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto shape = run.shape(1, 4);
  const std::vector<int64_t> perChannel{shape[3]};
  float *dX = run.outputInPlaceOf(0, 0, shape), *dScale = run.output(1, perChannel), *dOffset = run.output(2, perChannel);
  const float *d = run.input(0), *x = run.input(1), *scale = run.input(2), *offset = run.input(3), *mean = run.input(4), *inverse = run.input(5);
  if (run.good()) normalizeBack(normalizationOf(kernel, shape), d, x, scale, offset, mean, inverse, {dX, dScale, dOffset});
}

}  // namespace

bool defineBatchNorm() {
  const std::vector<const char *> attributes{"epsilon: float", "least: float", "most: float"};
  return define({"NetloomBatchNorm",
                 {"x: float", "scale: float", "offset: float"},
                 {"y: float", "mean: float", "variance: float", "inverse: float"},
                 attributes, compute, create, destroy}) &&
         define({"NetloomBatchNormGrad",
                 {"d: float", "x: float", "scale: float", "offset: float", "mean: float", "inverse: float"},
                 {"d_x: float", "d_scale: float", "d_offset: float"},
                 attributes, computeGradient, create, destroy});
}
