// What a window does that passes over maps, as attributes of an operator: pairs of numbers, along height and width. `least` and `most`:
// where maps are cut off, as ReLU does.
#pragma once
#include "kernel.h"

struct Geometry {
  /** Of the result; rows and columns that are missing above and left of the input; of the window. */
  int64_t size[2], before[2], strides[2], window[2];
  float least, most;

  static const std::vector<const char *> attributes;
  static void *create(TF_OpKernelConstruction *construction) {
    auto *own = new Geometry;
    TF_Status *status = TF_NewStatus();
    const auto take = [&](const char *name, int64_t *values) {
      if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrInt64List(construction, name, values, 2, status);
    };
    take("size", own->size), take("before", own->before), take("strides", own->strides), take("window", own->window);
    if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrFloat(construction, "least", &own->least, status);
    if (TF_GetCode(status) == TF_OK) TF_OpKernelConstruction_GetAttrFloat(construction, "most", &own->most, status);
    if (TF_GetCode(status) != TF_OK) TF_OpKernelConstruction_Failure(construction, status);
    TF_DeleteStatus(status);
    return own;
  }
  static void destroy(void *own) { delete static_cast<Geometry *>(own); }
};
inline const std::vector<const char *> Geometry::attributes{"size: list(int)", "before: list(int)", "strides: list(int)", "window: list(int)",
                                                             "least: float",    "most: float"};
