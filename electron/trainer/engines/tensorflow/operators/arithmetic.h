// Arithmetic on a few floats at a time, as many as a register of this processor holds: the file is compiled where it runs.
#pragma once
#include <cstdint>
#include <cstring>
#include <vector>

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
inline Floats load(const float *from, int count = LANES) {
  Floats x = {};
  if (count >= LANES) std::memcpy(&x, from, sizeof x);
  else std::memcpy(&x, from, count * sizeof(float));
  return x;
}

inline void store(float *to, Floats x, int count = LANES) {
  if (count >= LANES) std::memcpy(to, &x, sizeof x);
  else std::memcpy(to, &x, count * sizeof(float));
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

/** A matrix of numbers that lie anywhere: that at (row, column) at row · perRow + column · perColumn. */
struct Matrix {
  const float *values;
  int64_t perRow, perColumn = 1;
};

/** A matrix [depth, columns] that others are multiplied by, laid out in strips of two registers of columns, the last filled with zeros. */
class Factor {
 public:
  Factor(Matrix m, int depth, int columns)
      : depth(depth), columns(columns), strips((size_t)(columns + STRIP - 1) / STRIP * depth * STRIP) {
    for (int c = 0; c < columns; c += STRIP)
      for (int k = 0; k < depth; k++)
        for (int own = 0; own < STRIP && c + own < columns; own++)
          strips[(size_t)c * depth + k * STRIP + own] = m.values[k * m.perRow + (c + own) * m.perColumn];
  }

  /** to += from · this, for the first `rows` of both; a row of `to` begins so many floats after the one before. */
  void addProduct(Matrix from, float *to, size_t toStride, int rows) const {
    for (int c = 0; c < columns; c += STRIP) {
      int row = 0;
      for (; row + BLOCK <= rows; row += BLOCK) block<BLOCK>(from, row, c, to, toStride);
      for (; row + 2 <= rows; row += 2) block<2>(from, row, c, to, toStride);
      if (row < rows) block<1>(from, row, c, to, toStride);
    }
  }

 private:
  static constexpr int STRIP = 2 * LANES;
  /** Rows at a time: their sums fill twelve registers, of the sixteen that there are at least. */
  static constexpr int BLOCK = 6;
  const int depth, columns;
  std::vector<float> strips;

  template <int ROWS>
  void block(Matrix from, int row, int column, float *to, size_t toStride) const {
    const float *strip = &strips[(size_t)column * depth], *values = from.values + row * from.perRow;
    Floats sums[ROWS][2] = {};
    for (int k = 0; k < depth; k++, strip += STRIP, values += from.perColumn) {
      const Floats left = load(strip), right = load(strip + LANES);
#pragma GCC unroll 8
      for (int r = 0; r < ROWS; r++) {
        const float factor = values[r * from.perRow];
        sums[r][0] += factor * left;
        sums[r][1] += factor * right;
      }
    }
#pragma GCC unroll 8
    for (int r = 0; r < ROWS; r++)
      for (int half = 0; half < 2; half++) {
        const int begin = column + half * LANES, own = columns - begin;
        float *place = to + (row + r) * toStride + begin;
        if (own > 0) store(place, load(place, own) + sums[r][half], own);
      }
  }
};
