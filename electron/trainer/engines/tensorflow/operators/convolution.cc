// Operators for TensorFlow on a processor: a convolution without dilation, and its gradients.
//
//   NetloomConvolution            x, kernel, bias → y, cut off
//   NetloomConvolutionInputGrad   d, kernel → dX; for strides of 1
//   NetloomConvolutionKernelGrad  x, d → dKernel
//   NetloomConvolutionBiasGrad    d → dBias
#include "convolution.h"
#include "geometry.h"

namespace {

/** Whether few filters fit into one register. */
bool narrow(const Convolution &c) { return c.filters <= LANES; }

void compute(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto &own = *static_cast<Geometry *>(kernel);
  const auto x = run.shape(0, 4), weights = run.shape(1, 4);
  const Convolution c{x[0],       x[1],       x[2],           x[3],           own.size[0],   own.size[1],  weights[3],
                      weights[0], weights[1], own.strides[0], own.strides[1], own.before[0], own.before[1]};
  const float *input = run.input(0), *values = run.input(1), *bias = run.input(2);
  if (run.shape(2, 1)[0] != c.filters) run.refuse("A convolution needs as many biases as filters.");
  float *to = run.output(0, {c.n, c.outHeight, c.outWidth, c.filters});
  if (run.good()) (narrow(c) ? convolve<1> : convolve<2>)(c, input, values, bias, own.least, own.most, to);
}

void computeInputGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto &own = *static_cast<Geometry *>(kernel);
  const auto d = run.shape(0, 4), weights = run.shape(1, 4);
  const Convolution c{d[0], own.size[0], own.size[1], weights[2], d[1], d[2], d[3], weights[0], weights[1], 1, 1, own.before[0], own.before[1]};
  const float *gradient = run.input(0), *values = run.input(1);
  float *to = run.output(0, {c.n, c.height, c.width, c.channels});
  if (!run.good()) return;
  const Convolution back = backwards(c);
  (narrow(back) ? convolve<1> : convolve<2>)(back, gradient, turned(c, values).data(), nullptr, -__builtin_inff(), __builtin_inff(), to);
}

void computeKernelGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const auto &own = *static_cast<Geometry *>(kernel);
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
  return define({"NetloomConvolution", {"x: float", "kernel: float", "bias: float"}, {"y: float"}, Geometry::attributes, compute,
                 Geometry::create, Geometry::destroy}) &&
         define({"NetloomConvolutionInputGrad", {"d: float", "kernel: float"}, {"d_x: float"}, Geometry::attributes, computeInputGradient,
                 Geometry::create, Geometry::destroy}) &&
         define({"NetloomConvolutionKernelGrad", {"x: float", "d: float"}, {"d_kernel: float"}, Geometry::attributes, computeKernelGradient,
                 Geometry::create, Geometry::destroy}) &&
         define({"NetloomConvolutionBiasGrad", {"d: float"}, {"d_bias: float"}, {}, computeBiasGradient});
}
