// Operators for TensorFlow on a processor: the gradients of a convolution without dilation. `size` is that of the result along height
// and width, `before` the rows and columns of zeros above and left of the input.
//
//   NetloomConvolutionInputGrad   d, kernel → dX; for strides of 1
//   NetloomConvolutionKernelGrad  x, d → dKernel
//   NetloomConvolutionBiasGrad    d → dBias
#include "convolution.h"
#include "kernel.h"

namespace {

struct Attributes {
  int64_t size[2], before[2], strides[2] = {1, 1};
};

void *create(TF_OpKernelConstruction *construction) {
  auto *own = new Attributes;
  TF_Status *status = TF_NewStatus();
  TF_OpKernelConstruction_GetAttrInt64List(construction, "size", own->size, 2, status);
  if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrInt64List(construction, "before", own->before, 2, status);
  if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrInt64List(construction, "strides", own->strides, 2, status);
  if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
  TF_DeleteStatus(status);
  return own;
}

void destroy(void *kernel) { delete static_cast<Attributes *>(kernel); }

/** Whether few filters fit into one register. */
bool narrow(const Convolution &c) { return c.filters <= LANES; }

void computeInputGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto &own = *static_cast<Attributes *>(kernel);
  const auto d = run.shape(0, 4), weights = run.shape(1, 4);
  const Convolution c{d[0], own.size[0], own.size[1], weights[2], d[1], d[2], d[3], weights[0], weights[1], 1, 1, own.before[0], own.before[1]};
  const float *gradient = run.input(0), *values = run.input(1);
  float *to = run.output(0, {c.n, c.height, c.width, c.channels});
  if (!run.good()) return;
  const Convolution back = backwards(c);
  (narrow(back) ? convolve<1> : convolve<2>)(back, gradient, turned(c, values).data(), to);
}

void computeKernelGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto &own = *static_cast<Attributes *>(kernel);
  const auto x = run.shape(0, 4), d = run.shape(1, 4);
  const Convolution c{x[0],        x[1],        x[2],           x[3],           d[1],          d[2],        d[3],
                      own.size[0], own.size[1], own.strides[0], own.strides[1], own.before[0], own.before[1]};
  const float *input = run.input(0), *gradient = run.input(1);
  float *to = run.output(0, {c.kernelHeight, c.kernelWidth, c.channels, c.filters});
  if (run.good()) (narrow(c) ? kernelGradient<1> : kernelGradient<2>)(c, input, gradient, to);
}

void computeBiasGradient(void *, TF_OpKernelContext *context) {
  Run run(context);
  const auto d = run.shape(0, 4);
  const float *gradient = run.input(0);
  float *to = run.output(0, {d[3]});
  if (run.good()) columnSums(gradient, d[0] * d[1] * d[2], d[3], to);
}

}  // namespace

bool defineConvolution() {
  const std::vector<const char *> attributes{"size: list(int)", "before: list(int)", "strides: list(int)"};
  return define({"NetloomConvolutionInputGrad", {"d: float", "kernel: float"}, {"d_x: float"}, attributes, computeInputGradient, create, destroy}) &&
         define({"NetloomConvolutionKernelGrad", {"x: float", "d: float"}, {"d_kernel: float"}, attributes, computeKernelGradient, create, destroy}) &&
         define({"NetloomConvolutionBiasGrad", {"d: float"}, {"d_bias: float"}, {}, computeBiasGradient});
}
