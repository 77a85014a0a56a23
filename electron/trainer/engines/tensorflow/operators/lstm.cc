// Two operators for TensorFlow on a processor: a layer of LSTM cells over whole sequences, and its gradient. Written against
// TensorFlow's C API, and compiled for the processor that it runs on; they are registered when Node loads this. All tensors are of floats:
//
//   NetloomLstm      x, kernel, recurrent, bias → answers, states, gates
//   NetloomLstmGrad  dAnswers, x, kernel, recurrent, answers, states, gates → dX, dKernel, dRecurrent, dBias
#include "node_api.h"
#include "sequence.h"
#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

namespace {

/** One run of an operator: its inputs and outputs, freed with it. The first failure is told to TensorFlow. */
class Run {
 public:
  explicit Run(TF_OpKernelContext *context) : context(context), status(TF_NewStatus()) {}
  ~Run() {
    if (!good()) TF_OpKernelContext_Failure(context, status);
    for (auto tensor : tensors) TF_DeleteTensor(tensor);
    TF_DeleteStatus(status);
  }
  bool good() const { return TF_GetCode(status) == TF_OK; }

  const float *input(int index) { return data(tensor(index)); }

  float *output(int index, std::vector<int64_t> shape) {
    if (!good()) return nullptr;
    size_t bytes = sizeof(float);
    for (auto size : shape) bytes *= size;
    return data(kept(TF_AllocateOutput(context, index, TF_FLOAT, shape.data(), shape.size(), bytes, status)));
  }

  /** By the input and the recurrent kernel. */
  Size size(int xIndex, int recurrentIndex) {
    const TF_Tensor *x = tensor(xIndex), *recurrent = tensor(recurrentIndex);
    if (!good()) return {};
    if (TF_NumDims(x) == 3 && TF_NumDims(recurrent) == 2) return {TF_Dim(x, 0), TF_Dim(x, 1), TF_Dim(x, 2), TF_Dim(recurrent, 0)};
    TF_SetStatus(status, TF_INVALID_ARGUMENT, "An LSTM takes sequences [n, steps, channels] and a recurrent kernel [units, 4 * units].");
    return {};
  }

 private:
  TF_OpKernelContext *context;
  TF_Status *status;
  std::vector<TF_Tensor *> tensors;

  TF_Tensor *tensor(int index) {
    TF_Tensor *found = nullptr;
    if (good()) TF_GetInput(context, index, &found, status);
    return kept(found);
  }
  TF_Tensor *kept(TF_Tensor *tensor) {
    if (tensor) tensors.push_back(tensor);
    return tensor;
  }
  static float *data(TF_Tensor *tensor) { return tensor ? static_cast<float *>(TF_TensorData(tensor)) : nullptr; }
};

void computeForward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const Size s = run.size(0, 2);
  const float *x = run.input(0);
  const Weights weights{run.input(1), run.input(2), run.input(3)};
  float *answers = run.output(0, {s.n, s.steps, s.units}), *states = run.output(1, {s.n, s.steps, s.units});
  float *gates = run.output(2, {s.n, s.steps, 4 * s.units});
  if (run.good()) forward(s, x, weights, gates, states, answers);
}

void computeBackward(void *, TF_OpKernelContext *context) {
  Run run(context);
  const Size s = run.size(1, 3);
  const float *dAnswers = run.input(0), *x = run.input(1), *answers = run.input(4), *states = run.input(5), *gates = run.input(6);
  const Weights weights{run.input(2), run.input(3), nullptr};
  const Gradients gradients{run.output(0, {s.n, s.steps, s.channels}), run.output(1, {s.channels, 4 * s.units}),
                            run.output(2, {s.units, 4 * s.units}), run.output(3, {4 * s.units})};
  if (run.good()) backward(s, dAnswers, x, weights, gates, states, answers, gradients);
}

void define(const char *name, std::initializer_list<const char *> inputs, std::initializer_list<const char *> outputs,
            void (*compute)(void *, TF_OpKernelContext *), TF_Status *status) {
  TF_OpDefinitionBuilder *op = TF_NewOpDefinitionBuilder(name);
  for (auto input : inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (auto output : outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, TF_ShapeInferenceContextSetUnknownShape);
  TF_RegisterOpDefinition(op, status);
  if (TF_GetCode(status) == TF_OK)
    TF_RegisterKernelBuilder(name, TF_NewKernelBuilder(name, "CPU", nullptr, compute, nullptr), status);
}

/** Whether this processor has what the one had that this was compiled on: a folder may be shared by several machines. */
bool fits() {
#if defined(__AVX512F__)
  return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") && __builtin_cpu_supports("avx512dq");
#elif defined(__AVX2__)
  return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma");
#else
  return true;
#endif
}

bool registerBoth() {
  if (!fits()) return false;
  TF_Status *status = TF_NewStatus();
  define("NetloomLstm", {"x: float", "kernel: float", "recurrent: float", "bias: float"},
         {"answers: float", "states: float", "gates: float"}, computeForward, status);
  if (TF_GetCode(status) == TF_OK)
    define("NetloomLstmGrad",
           {"d_answers: float", "x: float", "kernel: float", "recurrent: float", "answers: float", "states: float", "gates: float"},
           {"d_x: float", "d_kernel: float", "d_recurrent: float", "d_bias: float"}, computeBackward, status);
  const bool good = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return good;
}

}  // namespace

/** Exports `lstm`: whether the operators are there. Once per process, however many threads load it. */
NAPI_MODULE_INIT() {
  static const bool good = registerBoth();
  napi_value value;
  napi_get_boolean(env, good, &value);
  napi_set_named_property(env, exports, "lstm", value);
  return exports;
}
