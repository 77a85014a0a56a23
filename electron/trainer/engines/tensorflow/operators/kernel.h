// What our operators for TensorFlow on a processor have in common: written against TensorFlow's C API, tensors are of floats.
#pragma once
#include <initializer_list>
#include <vector>

#include "tensorflow/c/kernels.h"
#include "tensorflow/c/ops.h"
#include "tensorflow/c/tf_status.h"
#include "tensorflow/c/tf_tensor.h"

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

  /** An output of an input's sizes, which lies where that does if nobody else needs it. To be asked for before the input: asking is needing. */
  float *outputInPlaceOf(int input, int index, const std::vector<int64_t> &shape) {
    if (!good()) return nullptr;
    return data(kept(TF_ForwardInputOrAllocateOutput(context, &input, 1, index, shape.data(), shape.size(), nullptr, status)));
  }

  /** Sizes of an input, of which there must be so many. */
  std::vector<int64_t> shape(int index, size_t rank) {
    std::vector<int64_t> sizes(rank);
    const TF_Tensor *found = tensor(index);
    if (!good()) return sizes;
    if (TF_NumDims(found) != (int)rank) refuse("A tensor has another number of dimensions than this operator takes.");
    else for (size_t i = 0; i < rank; i++) sizes[i] = TF_Dim(found, i);
    return sizes;
  }

  void refuse(const char *why) {
    if (good()) TF_SetStatus(status, TF_INVALID_ARGUMENT, why);
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

/** An operator of these inputs, outputs and attributes, each as `name: type`. The kernel keeps what `create` makes of its attributes. */
struct Operator {
  const char *name;
  std::vector<const char *> inputs, outputs, attributes;
  void (*compute)(void *, TF_OpKernelContext *);
  void *(*create)(TF_OpKernelConstruction *) = nullptr;
  void (*destroy)(void *) = nullptr;
};

/** Whether TensorFlow has taken it. */
inline bool define(const Operator &own) {
  TF_Status *status = TF_NewStatus();
  TF_OpDefinitionBuilder *op = TF_NewOpDefinitionBuilder(own.name);
  for (auto input : own.inputs) TF_OpDefinitionBuilderAddInput(op, input);
  for (auto output : own.outputs) TF_OpDefinitionBuilderAddOutput(op, output);
  for (auto attribute : own.attributes) TF_OpDefinitionBuilderAddAttr(op, attribute);
  TF_OpDefinitionBuilderSetShapeInferenceFunction(op, TF_ShapeInferenceContextSetUnknownShape);
  TF_RegisterOpDefinition(op, status);
  if (TF_GetCode(status) == TF_OK)
    TF_RegisterKernelBuilder(own.name, TF_NewKernelBuilder(own.name, "CPU", own.create, own.compute, own.destroy), status);
  const bool good = TF_GetCode(status) == TF_OK;
  TF_DeleteStatus(status);
  return good;
}
