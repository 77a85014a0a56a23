// Registers our own operators with the TensorFlow of this process, when Node loads this. They are compiled for the processor at hand.
#include "node_api.h"

bool defineBatchNorm();
bool defineConvolution();
bool defineLstm();
bool definePooling();

namespace {

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

}  // namespace

/** Exports which operators are there. They are registered once per process, however many threads load this. */
NAPI_MODULE_INIT() {
  static const bool fit = fits(), batchNorm = fit && defineBatchNorm(), windows = fit && defineConvolution() && definePooling(),
                    lstmSequence = fit && defineLstm();
  const auto tell = [&](const char *name, bool there) {
    napi_value value;
    napi_get_boolean(env, there, &value);
    napi_set_named_property(env, exports, name, value);
  };
  tell("batchNorm", batchNorm);
  tell("lstmSequence", lstmSequence);
  tell("windows", windows);
  return exports;
}
