// Convolutions without dilation, and their gradients, for maps [n, height, width, channels] and kernels [height, width, channels, filters].
//
// In a line of such a map, what a window sees lies side by side: its columns and their channels are one run of numbers, which moves by
// stride · channels from window to window. So each line of a window is a row of a product with a line of the kernel, and nothing is copied
// but the frame of zeros around an image.
#pragma once
#include "threads.h"
#include "tile.h"

struct Convolution {
  int64_t n, height, width, channels, outHeight, outWidth, filters, kernelHeight, kernelWidth, strideHeight, strideWidth, top, left;

  /** What a line of a window sees. */
  int64_t run() const { return kernelWidth * channels; }
  int64_t weights() const { return kernelHeight * run() * filters; }
  /** Parts worth a thread, of at least some million multiplications; several for each, since others may be busy elsewhere. */
  int64_t parts() const {
    const int64_t worth = 1 + n * outHeight * outWidth * weights() / 8000000;
    return std::max<int64_t>(std::min({n, worth, 2 * processors()}), 1);
  }
  int64_t firstOf(int64_t part) const { return n * part / parts(); }
};

/** An image with zeros around it, as far as windows see it. */
class Framed {
 public:
  explicit Framed(const Convolution &c)
      : c(c), lines((c.outHeight - 1) * c.strideHeight + c.kernelHeight), columns((c.outWidth - 1) * c.strideWidth + c.kernelWidth),
        perLine(columns * c.channels), values(lines * perLine) {}

  void take(const float *image) {
    // Zeros stay where they are: the frame is the same for all images.
    const int64_t cut = std::max<int64_t>(-c.left, 0), before = std::max<int64_t>(c.left, 0);
    const int64_t count = std::min(c.width - cut, columns - before) * c.channels;
    for (int64_t i = std::max<int64_t>(c.top, 0); count > 0 && i < std::min(lines, c.top + c.height); i++)
      std::copy_n(image + ((i - c.top) * c.width + cut) * c.channels, count, &values[i * perLine + before * c.channels]);
  }

  /** What the window at an output's line and column sees begins here. */
  const float *window(int64_t line, int64_t column) const {
    return &values[line * c.strideHeight * perLine + column * c.strideWidth * c.channels];
  }

 private:
  const Convolution c;
  const int64_t lines, columns;

 public:
  const int64_t perLine;

 private:
  std::vector<float> values;
};

/** Columns of a matrix, of which rows begin `perRow` floats apart, as a strip of registers; anything in place of those beyond `columns`. */
template <int REGISTERS>
inline void copyStrip(const float *from, int64_t rows, int64_t perRow, int64_t columns, float *strip) {
  const float *end = from + (rows - 1) * perRow + columns;
  for (int64_t row = 0; row < rows; row++, from += perRow)
    for (int own = 0; own < REGISTERS; own++, strip += LANES) {
      const int64_t left = end - from - own * LANES;
      store(strip, left > 0 ? load(from + own * LANES, left) : Floats{});
    }
}

/** y = x ∗ kernel + bias, where there is one, cut off at `least` and `most`. */
template <int REGISTERS>
void convolve(const Convolution &c, const float *x, const float *kernel, const float *bias, float least, float most, float *y) {
  constexpr int64_t STRIP = REGISTERS * LANES;
  const int64_t depth = c.kernelHeight * c.run();
  std::vector<float> strips((c.filters + STRIP - 1) / STRIP * STRIP * depth);
  for (int64_t o = 0; o < c.filters; o += STRIP) copyStrip<REGISTERS>(kernel + o, depth, c.filters, c.filters - o, &strips[o * depth]);
  std::vector<float> start((c.filters + STRIP - 1) / STRIP * STRIP);
  if (bias) std::copy_n(bias, c.filters, start.data());
  Workers::all().share(c.parts(), [&](int64_t part) {
    Framed framed(c);
    for (int64_t n = c.firstOf(part); n < c.firstOf(part + 1); n++) {
      framed.take(x + n * c.height * c.width * c.channels);
      for (int64_t o = 0; o < c.filters; o += STRIP)
        for (int64_t i = 0; i < c.outHeight; i++)
          product<REGISTERS>({framed.window(i, 0), c.outWidth, c.strideWidth * c.channels, c.kernelHeight, framed.perLine, c.run(), 1},
                             &strips[o * depth], {y + (n * c.outHeight + i) * c.outWidth * c.filters + o, c.filters, c.filters - o, false,
                                                  &start[o], least, most});
    }
  });
}

/** dKernel, summed over images. */
template <int REGISTERS>
void kernelGradient(const Convolution &c, const float *x, const float *d, float *dKernel) {
  constexpr int64_t STRIP = REGISTERS * LANES;
  /** Positions summed up at once: as many as stay in the nearest cache. */
  constexpr int64_t POSITIONS = 256;
  const int64_t group = std::clamp<int64_t>(POSITIONS / std::max<int64_t>(c.outWidth, 1), 1, std::max<int64_t>(c.outHeight, 1));
  std::vector<std::vector<float>> sums(c.parts());
  Workers::all().share(c.parts(), [&](int64_t part) {
    auto &sum = sums[part];
    sum.resize(c.weights());
    std::vector<float> strip(group * c.outWidth * STRIP);
    Framed framed(c);
    for (int64_t n = c.firstOf(part); n < c.firstOf(part + 1); n++) {
      framed.take(x + n * c.height * c.width * c.channels);
      for (int64_t i = 0; i < c.outHeight; i += group) {
        const int64_t lines = std::min(group, c.outHeight - i);
        for (int64_t o = 0; o < c.filters; o += STRIP) {
          const float *own = d + (n * c.outHeight + i) * c.outWidth * c.filters + o;
          copyStrip<REGISTERS>(own, lines * c.outWidth, c.filters, c.filters - o, strip.data());
          for (int64_t u = 0; u < c.kernelHeight; u++)
            product<REGISTERS>({framed.window(i, 0) + u * framed.perLine, c.run(), 1, lines, c.strideHeight * framed.perLine, c.outWidth,
                                c.strideWidth * c.channels},
                               strip.data(), {&sum[u * c.run() * c.filters + o], c.filters, c.filters - o, true});
        }
      }
    }
  });
  std::copy_n(sums[0].data(), c.weights(), dKernel);
  for (size_t part = 1; part < sums.size(); part++)
    for (int64_t k = 0; k < c.weights(); k++) dKernel[k] += sums[part][k];
}

/** The gradient of a bias: sums over the rows of d [rows, columns]. */
inline void columnSums(const float *d, int64_t rows, int64_t columns, float *to) {
  // As many rows at a time as a register has numbers, so that all of them are whole registers.
  const int64_t period = LANES * columns, groups = rows / LANES;
  const int64_t parts = std::clamp<int64_t>(rows * columns / 100000, 1, 2 * processors());
  std::vector<std::vector<float>> sums(parts);
  Workers::all().share(parts, [&](int64_t part) {
    auto &sum = sums[part];
    sum.resize(period);
    for (int64_t group = groups * part / parts; group < groups * (part + 1) / parts; group++)
      for (int64_t k = 0; k < period; k += LANES) store(&sum[k], load(&sum[k]) + load(d + group * period + k));
  });
  std::fill_n(to, columns, 0.f);
  for (const auto &sum : sums)
    for (int64_t k = 0; k < period; k++) to[k % columns] += sum[k];
  for (int64_t k = groups * period; k < rows * columns; k++) to[k % columns] += d[k];
}

/** The convolution that takes the gradient in y to that in x, for strides of 1; its kernel is `turned`. */
inline Convolution backwards(const Convolution &c) {
  return {c.n, c.outHeight, c.outWidth, c.filters, c.height, c.width, c.channels, c.kernelHeight, c.kernelWidth, 1, 1,
          c.kernelHeight - 1 - c.top, c.kernelWidth - 1 - c.left};
}

/** A kernel turned by 180°, its channels and filters swapped. */
inline std::vector<float> turned(const Convolution &c, const float *kernel) {
  std::vector<float> to(c.weights());
  const int64_t taps = c.kernelHeight * c.kernelWidth;
  for (int64_t tap = 0; tap < taps; tap++)
    for (int64_t i = 0; i < c.channels; i++)
      for (int64_t o = 0; o < c.filters; o++)
        to[((taps - 1 - tap) * c.filters + o) * c.channels + i] = kernel[(tap * c.channels + i) * c.filters + o];
  return to;
}
