// Operators for TensorFlow on a processor: a layer of LSTM cells over whole sequences, and its gradients. All tensors are of floats; what
// the operators hand each other is told of in sequence.h:
//
//   NetloomLstm             x, kernel, recurrent, bias → answers, states, gates, met
//   NetloomLstmGrad         dAnswers, recurrent, states, gates → d
//   NetloomLstmGradInput    d, kernel → dX
//   NetloomLstmGradWeights  met, d → dKernel, dBias and dRecurrent, one below the other
#include "kernel.h"
#include "sequence.h"

namespace {

void computeForward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const auto x = run.shape(0, 3);
  const auto recurrent = run.shape(2, 2);
  const Size s{x[0], x[1], x[2], recurrent[0]};
  const float *from = run.input(0);
  const Weights weights{run.input(1), run.input(2), run.input(3)};
  float *answers = run.output(0, {s.n, s.steps, s.units}), *states = run.output(1, {s.steps, s.n, s.units});
  float *gates = run.output(2, {s.steps, s.n, 4 * s.units}), *met = run.output(3, {s.steps, s.n, s.met()});
  if (run.good()) forward(s, from, weights, answers, states, gates, met);
}

void computeBackward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const auto answers = run.shape(0, 3);
  const Size s{answers[0], answers[1], 0, answers[2]};
  const float *dAnswers = run.input(0), *recurrent = run.input(1), *states = run.input(2), *gates = run.input(3);
  float *d = run.output(0, {s.steps, s.n, 4 * s.units});
  if (run.good()) backward(s, dAnswers, recurrent, states, gates, d);
}

void computeInputGradient(void *, TF_OpKernelContext *context) {
  Run run(context);
  const auto sums = run.shape(0, 3);
  const auto weights = run.shape(1, 2);
  const Size s{sums[1], sums[0], weights[0], sums[2] / 4};
  const float *d = run.input(0), *kernel = run.input(1);
  float *dX = run.output(0, {s.n, s.steps, s.channels});
  if (run.good()) inputGradient(s, d, kernel, dX);
}

void computeWeightGradient(void *, TF_OpKernelContext *context) {
  Run run(context);
  const auto lengths = run.shape(0, 3);
  const auto sums = run.shape(1, 3);
  const int64_t units = sums[2] / 4;
  const Size s{sums[1], sums[0], lengths[2] - 1 - units, units};
  const float *met = run.input(0), *d = run.input(1);
  float *to = run.output(0, {s.met(), 4 * units});
  if (run.good()) weightGradient(s, met, d, to);
}

}  // namespace

bool defineLstm() {
  return define({"NetloomLstm", {"x: float", "kernel: float", "recurrent: float", "bias: float"},
                 {"answers: float", "states: float", "gates: float", "met: float"}, {}, computeForward}) &&
         define({"NetloomLstmGrad", {"d_answers: float", "recurrent: float", "states: float", "gates: float"}, {"d: float"}, {},
                 computeBackward}) &&
         define({"NetloomLstmGradInput", {"d: float", "kernel: float"}, {"d_x: float"}, {}, computeInputGradient}) &&
         define({"NetloomLstmGradWeights", {"met: float", "d: float"}, {"d_weights: float"}, {}, computeWeightGradient});
}
