// Products of matrices, for the sizes that an LSTM has: one is laid out once and multiplied with again and again.
#pragma once
#include <algorithm>
#include <new>

#include "arithmetic.h"

/** Floats that are not set, from where a register is loaded without touching two lines of the cache. */
class Buffer {
 public:
  explicit Buffer(size_t count) : values(static_cast<float *>(::operator new(count * sizeof(float), ALIGNED))) {}
  Buffer(const Buffer &) = delete;
  ~Buffer() { ::operator delete(values, ALIGNED); }
  float *const values;

 private:
  static constexpr std::align_val_t ALIGNED{64};
};

/** A matrix of numbers that lie anywhere: that at (row, column) at row · perRow + column · perColumn. */
struct Matrix {
  const float *values;
  int64_t perRow, perColumn = 1;
};

/** A matrix [depth, columns] that others are multiplied by, laid out in strips of two registers of columns, the last filled with zeros. */
class Factor {
 public:
  Factor(int depth, int columns)
      : depth(depth), columns(columns), strips((size_t)(columns + STRIP - 1) / STRIP * depth * STRIP) {}
  Factor(Matrix m, int depth, int columns) : Factor(depth, columns) { put(0, m, depth); }

  /** Sets some rows. */
  void put(int row, Matrix m, int rows) {
    for (int c = 0; c < columns; c += STRIP) {
      float *strip = strips.values + (size_t)c * depth + row * STRIP;
      const float *from = m.values + c * m.perColumn;
      const int own = std::min(columns - c, STRIP);
      for (int k = 0; k < rows; k++, strip += STRIP, from += m.perRow) {
        if (m.perColumn == 1 && own == STRIP) std::memcpy(strip, from, STRIP * sizeof(float));
        else
          for (int i = 0; i < STRIP; i++) strip[i] = i < own ? from[i * m.perColumn] : 0.f;
      }
    }
  }

  /** to = from · this, or to += it, for the first `rows` of both; a row of `to` begins so many floats after the one before. */
  void product(Matrix from, float *to, int64_t toStride, int rows) const { all<false>(from, to, toStride, rows); }
  void addProduct(Matrix from, float *to, int64_t toStride, int rows) const { all<true>(from, to, toStride, rows); }

 private:
  static constexpr int STRIP = 2 * LANES;
  /** Rows at a time, at most: their sums fill twelve registers, of the sixteen that there are at least. */
  static constexpr int BLOCK = 6;
  const int depth, columns;
  const Buffer strips;

  template <bool ADD>
  void all(Matrix from, float *to, int64_t toStride, int rows) const {
    // About as many rows in each: few sums at a time would wait for each other.
    const int blocks = (rows + BLOCK - 1) / BLOCK;
    for (int c = 0; c < columns; c += STRIP)
      for (int i = 0; i < blocks; i++) {
        const int64_t row = (int64_t)rows * i / blocks, own = (int64_t)rows * (i + 1) / blocks - row;
        const Matrix some{from.values + row * from.perRow, from.perRow, from.perColumn};
        block<ADD, BLOCK>(own, some, c, to + row * toStride + c, toStride);
      }
  }

  /** Finds the code for as many rows. */
  template <bool ADD, int ROWS>
  void block(int rows, Matrix from, int column, float *to, int64_t toStride) const {
    if constexpr (ROWS > 1)
      if (rows < ROWS) return block<ADD, ROWS - 1>(rows, from, column, to, toStride);
    if (columns - column >= STRIP) return multiply<ADD, ROWS>(from, column, to, toStride);
    float whole[ROWS * STRIP] = {};
    const int own = columns - column;
    for (int r = 0; ADD && r < ROWS; r++) std::copy_n(to + r * toStride, own, whole + r * STRIP);
    multiply<ADD, ROWS>(from, column, whole, STRIP);
    for (int r = 0; r < ROWS; r++) std::copy_n(whole + r * STRIP, own, to + r * toStride);
  }

  template <bool ADD, int ROWS>
  void multiply(Matrix from, int column, float *to, int64_t toStride) const {
    const float *strip = strips.values + (size_t)column * depth, *values = from.values;
    Floats sums[ROWS][2] = {};
    // Its rows lie far from each other: they are fetched while the sums are computed.
    for (int r = 0; r < ROWS; r++) __builtin_prefetch(to + r * toStride, 1), __builtin_prefetch(to + r * toStride + STRIP - 1, 1);
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
#pragma GCC unroll 2
      for (int half = 0; half < 2; half++) {
        float *place = to + r * toStride + half * LANES;
        store(place, ADD ? load(place) + sums[r][half] : sums[r][half]);
      }
  }
};
