// The innermost loops of convolutions and their gradients: a few rows of a product, held in registers while it is summed up.
#pragma once
#include <algorithm>

#include "arithmetic.h"

/** Where numbers lie: that of a row, a line and a position within it, at row · perRow + line · perLine + position · perPosition. */
struct Walk {
  const float *values;
  int64_t rows, perRow, lines, perLine, positions, perPosition;
};

/** Where sums go: rows that begin so many floats apart, the columns that there are of a strip. */
struct Sums {
  float *to;
  int64_t perRow, columns;
  /** Whether they add to what is there. */
  bool add = false;
  /** What the sums of each column begin with, a strip of registers, or nothing; and where they are cut off. */
  const float *bias = nullptr;
  float least = -__builtin_inff(), most = __builtin_inff();
};

/**
 * sum[row, column] = Σ over lines and positions of walk[row, line, position] · strip[line, position, column], REGISTERS of columns. A
 * function of its own, so that the compiler keeps registers for the sums.
 */
template <int ROWS, int REGISTERS>
__attribute__((noinline)) void tile(const Walk &walk, const float *strip, const Sums &sums) {
  Floats sum[ROWS][REGISTERS] = {};
  if (sums.bias)
    for (int row = 0; row < ROWS; row++)
      for (int own = 0; own < REGISTERS; own++) sum[row][own] = load(sums.bias + own * LANES);
  const float *first = walk.values;
  for (int64_t line = 0; line < walk.lines; line++, first += walk.perLine) {
    const float *value = first;
    for (int64_t k = 0; k < walk.positions; k++, value += walk.perPosition, strip += REGISTERS * LANES) {
      Floats factor[REGISTERS];
      for (int own = 0; own < REGISTERS; own++) factor[own] = load(strip + own * LANES);
#pragma GCC unroll 12
      for (int row = 0; row < ROWS; row++)
        for (int own = 0; own < REGISTERS; own++) sum[row][own] += value[row * walk.perRow] * factor[own];
    }
  }
#pragma GCC unroll 12
  for (int row = 0; row < ROWS; row++)
    for (int own = 0; own < REGISTERS; own++) {
      const int64_t count = std::min<int64_t>(sums.columns - own * LANES, LANES);
      float *place = sums.to + row * sums.perRow + own * LANES;
      Floats value = sum[row][own];
      value = value < sums.least ? Floats{} + sums.least : value;
      value = value > sums.most ? Floats{} + sums.most : value;
      if (count > 0) store(place, sums.add ? load(place, count) + value : value, count);
    }
}

/** A tile of walk.rows, ROWS at most. */
template <int ROWS, int REGISTERS>
inline void tileUpTo(const Walk &walk, const float *strip, const Sums &sums) {
  if constexpr (ROWS > 1)
    if (walk.rows < ROWS) return tileUpTo<ROWS - 1, REGISTERS>(walk, strip, sums);
  tile<ROWS, REGISTERS>(walk, strip, sums);
}

/** Any number of rows, in tiles of nearly the same height: their sums fill twelve registers, of the sixteen that there are at least. */
template <int REGISTERS>
inline void product(const Walk &walk, const float *strip, const Sums &sums) {
  constexpr int ROWS = 12 / REGISTERS;
  const int64_t count = (walk.rows + ROWS - 1) / ROWS;
  for (int64_t i = 0; i < count; i++) {
    const int64_t row = walk.rows * i / count;
    Walk own = walk;
    own.values += row * walk.perRow;
    own.rows = walk.rows * (i + 1) / count - row;
    Sums below = sums;
    below.to += row * sums.perRow;
    tileUpTo<ROWS, REGISTERS>(own, strip, below);
  }
}
