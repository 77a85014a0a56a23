// Arithmetic on a few floats at a time, as many as a register of this processor holds: the file is compiled where it runs.
#pragma once
#include <cstdint>
#include <cstring>

#if defined(__AVX512F__)
constexpr int LANES = 16;
#elif defined(__AVX__)
constexpr int LANES = 8;
#else
constexpr int LANES = 4;
#endif
typedef float Floats __attribute__((vector_size(LANES * sizeof(float))));
typedef int32_t Ints __attribute__((vector_size(LANES * sizeof(float))));

/** Up to LANES floats; zeros in place of the missing ones. */
inline Floats load(const float *from, int64_t count = LANES) {
  Floats x = {};
  if (count >= LANES) std::memcpy(&x, from, sizeof x);
  else std::memcpy(&x, from, count * sizeof(float));
  return x;
}

/** The first `count` floats of a register: some at a time, since a call to copy so few would take longer. */
inline void store(float *to, Floats x, int64_t count = LANES) {
  if (count >= LANES) return (void)std::memcpy(to, &x, sizeof x);
  const float *from = reinterpret_cast<const float *>(&x);
  for (; count >= 4; count -= 4, to += 4, from += 4) std::memcpy(to, from, 4 * sizeof(float));
  if (count & 2) std::memcpy(to, from, 2 * sizeof(float)), to += 2, from += 2;
  if (count & 1) *to = *from;
}

/** All bits of the first `count` numbers of a register. */
inline Ints firstLanes(int64_t count) {
  Ints lanes;
  for (int i = 0; i < LANES; i++) lanes[i] = i;
  return lanes < (int32_t)(count < LANES ? count : LANES);
}

/**
 * exp(x) − 1 for |x| <= 80, what lies beyond as if it were there: with x = k·ln 2 + r, 2^k·(exp(r) − 1) + (2^k − 1), where the first
 * seven terms of the series leave an error of 5e-9 at most. Near 0 nothing cancels, so the error stays relative to the result.
 */
inline Floats expm1(Floats x) {
  const Floats zero = {};
  x = x > 80.f ? zero + 80.f : x;
  x = x < -80.f ? zero - 80.f : x;
  // Added to a float, this leaves no room for a fraction: the lowest bits are then the nearest whole number.
  const float rounder = 12582912.f;
  const Floats shifted = x * 1.44269504f + rounder;
  const Floats k = shifted - rounder;
  // ln 2 in two parts, the first of few digits, so that k times it is exact.
  const Floats r = (x - k * 0.693359375f) + k * 2.12194440e-4f;
  Floats sum = r * (1 / 5040.f) + 1 / 720.f;
  sum = sum * r + 1 / 120.f;
  sum = sum * r + 1 / 24.f;
  sum = sum * r + 1 / 6.f;
  sum = sum * r + 1 / 2.f;
  sum = sum * r + 1.f;
  const Ints exponent = ((Ints)shifted << 23) + (127 << 23);
  const Floats power = (Floats)exponent;
  return power * (sum * r) + (power - 1.f);
}

inline Floats sigmoid(Floats x) { return 1.f / (2.f + expm1(-x)); }

inline Floats tanh(Floats x) {
  const Floats grown = expm1(2.f * x);
  // Beyond, grown + 2 is grown, and the quotient is right all the same.
  return grown / (grown + 2.f);
}
