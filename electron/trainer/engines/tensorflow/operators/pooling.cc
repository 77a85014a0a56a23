// Operators for TensorFlow on a processor: the largest in windows, and its gradient.
//
//   NetloomMaxPool      x → y
//   NetloomMaxPoolGrad  d, x, y → dX
#include "pooling.h"

#include "geometry.h"

namespace {

Pooling poolingOf(const void *kernel, const std::vector<int64_t> &x) {
  const auto &g = *static_cast<const Geometry *>(kernel);
  return {x[0],        x[1],        x[2],         x[3],         g.size[0],   g.size[1], g.window[0],
          g.window[1], g.strides[0], g.strides[1], g.before[0], g.before[1], g.least,   g.most};
}

void compute(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const Pooling p = poolingOf(kernel, run.shape(0, 4));
  const float *x = run.input(0);
  float *y = run.output(0, {p.n, p.outHeight, p.outWidth, p.channels});
  if (run.good()) maxPool(p, x, y);
}

void computeGradient(void *kernel, TF_OpKernelContext *context) {
  Run run(context);
  const Pooling p = poolingOf(kernel, run.shape(1, 4));
  const float *d = run.input(0), *x = run.input(1), *y = run.input(2);
  float *dX = run.output(0, {p.n, p.height, p.width, p.channels});
  if (run.good()) maxPoolGradient(p, d, x, y, dX);
}

}  // namespace

bool definePooling() {
  return define({"NetloomMaxPool", {"x: float"}, {"y: float"}, Geometry::attributes, compute, Geometry::create, Geometry::destroy}) &&
         define({"NetloomMaxPoolGrad", {"d: float", "x: float", "y: float"}, {"d_x: float"}, Geometry::attributes, computeGradient,
                 Geometry::create, Geometry::destroy});
}
