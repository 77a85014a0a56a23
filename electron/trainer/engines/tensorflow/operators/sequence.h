// A layer of LSTM cells over whole sequences. Gates lie in the order of Keras: input, forget, candidate, output.
// Hochreiter and Schmidhuber, Long short-term memory, 1997; forget gates: Gers, Schmidhuber and Cummins, Learning to forget, 2000.
//
// Layers hand each other sequences as [n, steps, …]. What a layer keeps for itself lies as [steps, n, …], so that the samples of a step are
// side by side: `gates` and `d`, the gradients in their sums, of 4·units; `states` of units; and `met`, what the weights meet in a sample
// (its input, one for the bias, and its answer before).
#pragma once
#include "product.h"
#include "threads.h"

struct Size {
  int64_t n, steps, channels, units;
  int64_t met() const { return channels + units + 1; }
};

struct Weights {
  const float *kernel, *recurrent, *bias;
};

/** Into how many shares work is worth cutting: a thread is for about a million multiplications. */
inline int64_t sharesOf(Size s) {
  return std::clamp<int64_t>(4 * s.n * s.steps * s.units * s.met() / 1000000, 1, processors());
}

/**
 * Cuts the samples into equal shares and has a thread work on each; samples do not touch each other, so threads wait for nothing.
 * `work` takes the first sample, and how many.
 */
template <typename Work>
void share(Size s, Work work) {
  const int64_t shares = std::clamp<int64_t>(s.n, 1, sharesOf(s));
  Workers::all().share(shares, [&](int64_t i) {
    const int64_t first = s.n * i / shares;
    work(first, s.n * (i + 1) / shares - first);
  });
}

/** The cells' gates, states and answers in a step, for a sample: `gate` has the sums, and the gates when this is done. */
inline void cells(int units, const float *before, float *gate, float *state, float *answer) {
  for (int u = 0; u < units; u += LANES) {
    const int count = units - u;
    const Floats input = sigmoid(load(gate + u, count)), forget = sigmoid(load(gate + units + u, count));
    const Floats candidate = tanh(load(gate + 2 * units + u, count)), output = sigmoid(load(gate + 3 * units + u, count));
    const Floats now = forget * (before ? load(before + u, count) : Floats{}) + input * candidate;
    store(gate + u, input, count), store(gate + units + u, forget, count);
    store(gate + 2 * units + u, candidate, count), store(gate + 3 * units + u, output, count);
    store(state + u, now, count), store(answer + u, output * tanh(now), count);
  }
}

/** x: [n, steps, channels] → answers [n, steps, units], and what is kept. */
inline void forward(Size s, const float *x, Weights w, float *answers, float *states, float *gates, float *met) {
  const int64_t wide = 4 * s.units, length = s.met(), known = s.channels + 1;
  Factor kernel(known, wide);
  kernel.put(0, {w.kernel, wide}, s.channels);
  kernel.put(s.channels, {w.bias, wide}, 1);
  const Factor recurrent({w.recurrent, wide}, s.units, wide);
  share(s, [&](int64_t first, int64_t rows) {
    // What is known from the beginning, of all steps: a cache seldom holds both kernels.
    for (int64_t t = 0; t < s.steps; t++) {
      const int64_t at = t * s.n + first;
      for (int64_t row = 0; row < rows; row++)
        *std::copy_n(x + ((first + row) * s.steps + t) * s.channels, s.channels, met + (at + row) * length) = 1;
      kernel.product({met + at * length, length}, gates + at * wide, wide, rows);
    }
    for (int64_t t = 0; t < s.steps; t++) {
      const int64_t at = t * s.n + first;
      for (int64_t row = 0; row < rows; row++) {
        float *before = met + (at + row) * length + known;
        if (t > 0) std::copy_n(answers + ((first + row) * s.steps + t - 1) * s.units, s.units, before);
        else std::fill_n(before, s.units, 0.f);
      }
      if (t > 0) recurrent.addProduct({met + at * length + known, length}, gates + at * wide, wide, rows);
      for (int64_t row = 0; row < rows; row++) {
        const int64_t i = at + row, out = (first + row) * s.steps + t;
        const float *before = t > 0 ? states + (i - s.n) * s.units : nullptr;
        cells(s.units, before, gates + i * wide, states + i * s.units, answers + out * s.units);
      }
    }
  });
}

/** `d` of a step and a sample, from the gradient in its answer; `dState`, that in its state by what came after, goes back a step. */
inline void cellsBackward(int units, const float *dAnswer, const float *gate, const float *before, const float *state, float *dState,
                          float *d) {
  for (int u = 0; u < units; u += LANES) {
    const int count = units - u;
    const Floats input = load(gate + u, count), forget = load(gate + units + u, count);
    const Floats candidate = load(gate + 2 * units + u, count), output = load(gate + 3 * units + u, count);
    const Floats shown = tanh(load(state + u, count)), dh = load(dAnswer + u, count);
    const Floats dc = load(dState + u, count) + dh * output * (1.f - shown * shown);
    store(d + u, dc * candidate * input * (1.f - input), count);
    store(d + units + u, before ? dc * load(before + u, count) * forget * (1.f - forget) : Floats{}, count);
    store(d + 2 * units + u, dc * input * (1.f - candidate * candidate), count);
    store(d + 3 * units + u, dh * shown * output * (1.f - output), count);
    store(dState + u, dc * forget, count);
  }
}

/** Back through time, from the gradients in the answers to `d`. */
inline void backward(Size s, const float *dAnswers, const float *recurrent, const float *states, const float *gates, float *d) {
  const int64_t units = s.units, wide = 4 * units;
  const Factor back({recurrent, 1, wide}, wide, units);
  share(s, [&](int64_t first, int64_t rows) {
    const Buffer dAnswer(rows * units), dState(rows * units);
    std::fill_n(dState.values, rows * units, 0.f);
    for (int64_t t = s.steps - 1; t >= 0; t--) {
      const int64_t at = t * s.n + first;
      for (int64_t row = 0; row < rows; row++)
        std::copy_n(dAnswers + ((first + row) * s.steps + t) * units, units, dAnswer.values + row * units);
      if (t + 1 < s.steps) back.addProduct({d + (at + s.n) * wide, wide}, dAnswer.values, units, rows);
      for (int64_t row = 0; row < rows; row++) {
        const int64_t i = at + row;
        const float *before = t > 0 ? states + (i - s.n) * units : nullptr;
        cellsBackward(units, dAnswer.values + row * units, gates + i * wide, before, states + i * units, dState.values + row * units,
                      d + i * wide);
      }
    }
  });
}

/** `d` → dX [n, steps, channels]. */
inline void inputGradient(Size s, const float *d, const float *kernel, float *dX) {
  const int64_t wide = 4 * s.units;
  const Factor back({kernel, 1, wide}, wide, s.channels);
  share(s, [&](int64_t first, int64_t rows) {
    for (int64_t t = 0; t < s.steps; t++)
      back.product({d + (t * s.n + first) * wide, wide}, dX + (first * s.steps + t) * s.channels, s.steps * s.channels, rows);
  });
}

/** `d` and what the weights met → the gradients of kernel, bias and recurrent kernel, one below the other: [met, 4·units]. */
inline void weightGradient(Size s, const float *met, const float *d, float *to) {
  const int64_t wide = 4 * s.units, length = s.met(), samples = s.n * s.steps;
  // So much at a time that the cache holds what is met and the gradients; each thread has some of their columns.
  constexpr int64_t DEPTH = 128;
  const int64_t width = std::clamp<int64_t>(wide / processors(), 32, 128);
  Workers::all().share((wide + width - 1) / width, [&](int64_t i) {
    const int64_t first = i * width, columns = std::min(width, wide - first);
    for (int64_t row = 0; row < length; row++) std::fill_n(to + row * wide + first, columns, 0.f);
    for (int64_t k = 0; k < samples; k += DEPTH) {
      const Factor gradients({d + k * wide + first, wide}, std::min(DEPTH, samples - k), columns);
      gradients.addProduct({met + k * length, 1, length}, to + first, wide, length);
    }
  });
}
