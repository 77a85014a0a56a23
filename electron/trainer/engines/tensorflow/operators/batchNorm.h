// Batch normalization of rows [count, channels], with an activation that cuts its results off, and the gradient of both. It takes as long
// as memory is passed over: twice in each direction, the activation included.
#pragma once
#include <cmath>

#include "lines.h"

/** y = scale · (x − mean) / √(variance + epsilon) + offset, cut off below `least` and above `most`. */
struct Normalization {
  int64_t count, channels;
  float epsilon, least, most;
};

/** About the mean of each channel, of a few rows all over: next to it, sums of squares keep their digits. */
inline std::vector<float> roughMean(const Normalization &n, const float *x) {
  const int64_t rows = std::min<int64_t>(n.count, 32);
  std::vector<float> mean(n.channels);
  for (int64_t i = 0; i < rows; i++)
    for (int64_t c = 0; c < n.channels; c++) mean[c] += x[n.count * i / rows * n.channels + c] / rows;
  return mean;
}

/** What takes a register of x to y. */
struct Affine {
  Floats mean, factor, offset;
  float least, most;
  Floats centred(Floats x) const { return x - mean; }
  Floats uncut(Floats centred) const { return centred * factor + offset; }
  /** What is no number stays none. */
  Floats cut(Floats y) const {
    y = y < least ? Floats{} + least : y;
    return y > most ? Floats{} + most : y;
  }
  /** Nothing comes through where y was cut off. */
  Floats back(Floats d, Floats uncut) const { return (uncut <= least) | (uncut >= most) ? Floats{} : d; }
};

/** The same for each register of a line. */
class Affines {
 public:
  Affines(const Lines &lines, const Normalization &n, const float *mean, const float *inverse, const float *scale, const float *offset)
      : least(n.least), most(n.most), means(lines.repeated(mean)), offsets(lines.repeated(offset)) {
    std::vector<float> factor(n.channels);
    for (int64_t c = 0; c < n.channels; c++) factor[c] = scale[c] * inverse[c];
    factors = lines.repeated(factor.data());
  }
  Affine at(int64_t column) const { return {load(&means[column]), load(&factors[column]), load(&offsets[column]), least, most}; }

 private:
  const float least, most;
  std::vector<float> means, offsets, factors;
};

struct Normalized {
  float *y, *mean;
  /** Of the sample, i.e. divided by the count less one. */
  float *variance;
  /** 1 / √(variance of the batch + epsilon). */
  float *inverse;
};

inline void normalize(const Normalization &n, const float *x, const float *scale, const float *offset, const Normalized &to) {
  const Lines lines(n.count, n.channels);
  const auto rough = roughMean(n, x), pivots = lines.repeated(rough.data());
  const auto [sums, squares] = lines.sums([&](int64_t column) {
    return [x, pivot = load(&pivots[column])](int64_t at, int64_t lanes) {
      const Floats beside = load(x + at, lanes) - pivot;
      return std::pair(beside, beside * beside);
    };
  });
  for (int64_t c = 0; c < n.channels; c++) {
    const double beside = sums[c] / n.count, spread = squares[c] - beside * sums[c];
    to.mean[c] = rough[c] + beside;
    // Rounding may take it below 0.
    to.variance[c] = (spread < 0 ? 0 : spread) / std::max<int64_t>(n.count - 1, 1);
    to.inverse[c] = 1 / std::sqrt((spread < 0 ? 0 : spread) / n.count + n.epsilon);
  }
  const Affines affines(lines, n, to.mean, to.inverse, scale, offset);
  lines.each([&](int64_t column) {
    return [x, y = to.y, affine = affines.at(column)](int64_t at, int64_t lanes) {
      store(y + at, affine.cut(affine.uncut(affine.centred(load(x + at, lanes)))), lanes);
    };
  });
}

struct NormalizationGradients {
  float *dX, *dScale, *dOffset;
};

/** From the gradient d in y, which may lie where dX does. With x̂ the normalised, dX = factor · (d − mean of d − x̂ · mean of d·x̂). */
inline void normalizeBack(const Normalization &n, const float *d, const float *x, const float *scale, const float *offset,
                          const float *mean, const float *inverse, const NormalizationGradients &to) {
  const Lines lines(n.count, n.channels);
  const Affines affines(lines, n, mean, inverse, scale, offset);
  const auto [sums, products] = lines.sums([&](int64_t column) {
    return [d, x, affine = affines.at(column)](int64_t at, int64_t lanes) {
      const Floats centred = affine.centred(load(x + at, lanes)), own = affine.back(load(d + at, lanes), affine.uncut(centred));
      return std::pair(own, own * centred);
    };
  });
  std::vector<float> less(n.channels), slope(n.channels);
  for (int64_t c = 0; c < n.channels; c++) {
    to.dOffset[c] = sums[c];
    to.dScale[c] = products[c] * inverse[c];
    less[c] = sums[c] / n.count;
    slope[c] = products[c] * inverse[c] * inverse[c] / n.count;
  }
  const auto lesses = lines.repeated(less.data()), slopes = lines.repeated(slope.data());
  lines.each([&](int64_t column) {
    return [d, x, dX = to.dX, affine = affines.at(column), less = load(&lesses[column]), slope = load(&slopes[column])](int64_t at, int64_t lanes) {
      const Floats centred = affine.centred(load(x + at, lanes)), own = affine.back(load(d + at, lanes), affine.uncut(centred));
      store(dX + at, (own - less - centred * slope) * affine.factor, lanes);
    };
  });
}
