// The largest in windows that pass over maps [n, height, width, channels], and its gradient. What is read and written of a position in whole
// registers beyond its channels belongs to the next one, which comes after it.
#pragma once
#include <vector>

#include "arithmetic.h"
#include "threads.h"

struct Pooling {
  int64_t n, height, width, channels, outHeight, outWidth, windowHeight, windowWidth, strideHeight, strideWidth, top, left;
  /** Where the maps were cut off before: what is has no gradient. */
  float least, most;

  int64_t image() const { return height * width * channels; }
  int64_t result() const { return outHeight * outWidth * channels; }
  /** Parts worth a thread; several for each, since others may be busy elsewhere. */
  int64_t parts() const {
    const int64_t worth = 1 + n * result() * windowHeight * windowWidth / 200000;
    return std::max<int64_t>(std::min({n, worth, 2 * processors()}), 1);
  }
  int64_t firstOf(int64_t part) const { return n * part / parts(); }

  /** Calls each(place) with where the positions lie within an image that a window sees, line by line. */
  template <class Each>
  void positions(int64_t line, int64_t column, const Each &each) const {
    const int64_t i = line * strideHeight - top, j = column * strideWidth - left;
    const int64_t first = std::max<int64_t>(j, 0), last = std::min(j + windowWidth, width);
    for (int64_t u = std::max<int64_t>(i, 0); u < std::min(i + windowHeight, height); u++)
      for (int64_t v = first; v < last; v++) each((u * width + v) * channels);
  }
};

/** y = the largest that a window sees. */
inline void maxPool(const Pooling &p, const float *x, float *y) {
  Workers::all().share(p.parts(), [&](int64_t part) {
    // Room behind the last position: it is written in whole registers, too.
    std::vector<float> results(p.result() + LANES);
    const float *end = x + p.n * p.image();
    for (int64_t n = p.firstOf(part); n < p.firstOf(part + 1); n++) {
      const float *image = x + n * p.image();
      float *to = results.data();
      for (int64_t i = 0; i < p.outHeight; i++)
        for (int64_t j = 0; j < p.outWidth; j++, to += p.channels)
          for (int64_t c = 0; c < p.channels; c += LANES) {
            Floats largest = Floats{} - __builtin_inff();
            p.positions(i, j, [&](int64_t place) {
              const Floats value = load(image + place + c, end - image - place - c);
              largest = value > largest ? value : largest;
            });
            store(to + c, largest);
          }
      std::copy_n(results.data(), p.result(), y + n * p.result());
    }
  });
}

/** dX: the gradient of each result goes to the first position, line by line, that has its value. */
inline void maxPoolGradient(const Pooling &p, const float *d, const float *x, const float *y, float *dX) {
  Workers::all().share(p.parts(), [&](int64_t part) {
    std::vector<float> sums(p.image() + LANES);
    const float *end = x + p.n * p.image();
    const int64_t results = p.n * p.result();
    for (int64_t n = p.firstOf(part); n < p.firstOf(part + 1); n++) {
      std::fill(sums.begin(), sums.end(), 0.f);
      const float *image = x + n * p.image();
      int64_t at = n * p.result();
      for (int64_t i = 0; i < p.outHeight; i++)
        for (int64_t j = 0; j < p.outWidth; j++, at += p.channels)
          for (int64_t c = 0; c < p.channels; c += LANES) {
            const Floats largest = load(y + at + c, results - at - c);
            const Ints kept = (largest > p.least) & (largest < p.most) & firstLanes(p.channels - c);
            Ints left = (Ints)load(d + at + c, results - at - c) & kept;
            p.positions(i, j, [&](int64_t place) {
              const Ints found = load(image + place + c, end - image - place - c) == largest;
              float *sum = &sums[place + c];
              store(sum, load(sum) + (Floats)(left & found));
              left &= ~found;
            });
          }
      std::copy_n(sums.data(), p.image(), dX + n * p.image());
    }
  });
}
