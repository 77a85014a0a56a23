// A layer of LSTM cells over whole sequences. Gates lie in the order of Keras: input, forget, candidate, output.
// Hochreiter and Schmidhuber, Long short-term memory, 1997; forget gates: Gers, Schmidhuber and Cummins, Learning to forget, 2000.
#pragma once
#include <algorithm>
#include <thread>

#include "arithmetic.h"

struct Size {
  int64_t n, steps, channels, units;
};

struct Weights {
  const float *kernel, *recurrent, *bias;
};

/**
 * Cuts the samples into equal shares and has a thread work on each; samples do not touch each other, so threads wait for nothing. One is
 * worth starting for about a million multiplications. `work` takes the first sample, how many, and the number of the share.
 */
template <typename Work>
int64_t share(Size s, Work work) {
  const int64_t worth = 1 + 4 * s.n * s.steps * s.units * (s.units + s.channels) / 1000000;
  const int64_t shares = std::clamp<int64_t>(std::thread::hardware_concurrency(), 1, std::min(worth, std::max<int64_t>(s.n, 1)));
  std::vector<std::thread> others;
  for (int64_t i = 1; i < shares; i++)
    others.emplace_back([=] { work(s.n * i / shares, s.n * (i + 1) / shares - s.n * i / shares, i); });
  work(0, s.n / shares, 0);
  for (auto &thread : others) thread.join();
  return shares;
}

/** x: [n, steps, channels] → gates [n, steps, 4·units], states and answers [n, steps, units]. */
inline void forward(Size s, const float *x, Weights w, float *gates, float *states, float *answers) {
  const int units = s.units;
  const Factor kernel({w.kernel, 4 * s.units}, s.channels, 4 * units), recurrent({w.recurrent, 4 * s.units}, units, 4 * units);
  const int64_t line = s.steps * s.units, inputLine = s.steps * s.channels;
  share(s, [=, &kernel, &recurrent](int64_t first, int64_t rows, int64_t) {
    for (int64_t t = 0; t < s.steps; t++) {
      const size_t at = first * line + t * units;
      for (int64_t row = 0; row < rows; row++) std::copy_n(w.bias, 4 * units, gates + 4 * (at + row * line));
      kernel.addProduct({x + first * inputLine + t * s.channels, inputLine}, gates + 4 * at, 4 * line, rows);
      if (t > 0) recurrent.addProduct({answers + at - units, line}, gates + 4 * at, 4 * line, rows);
      for (int64_t row = 0; row < rows; row++) {
        float *gate = gates + 4 * (at + row * line), *state = states + at + row * line, *answer = answers + at + row * line;
        for (int u = 0; u < units; u += LANES) {
          const int count = units - u;
          const Floats input = sigmoid(load(gate + u, count)), forget = sigmoid(load(gate + units + u, count));
          const Floats candidate = tanh(load(gate + 2 * units + u, count)), output = sigmoid(load(gate + 3 * units + u, count));
          const Floats before = t > 0 ? load(state - units + u, count) : Floats{};
          const Floats now = forget * before + input * candidate;
          store(gate + u, input, count), store(gate + units + u, forget, count);
          store(gate + 2 * units + u, candidate, count), store(gate + 3 * units + u, output, count);
          store(state + u, now, count), store(answer + u, output * tanh(now), count);
        }
      }
    }
  });
}

/** Where gradients go. The weights' are sums over the samples. */
struct Gradients {
  float *x, *kernel, *recurrent, *bias;
};

/** Gradients in the gates' sums of one step and some samples, `d` [rows, 4·units], from those in its answers; `dState` goes back a step. */
inline void stepBackward(Size s, int64_t rows, bool first, const float *dAnswer, const float *gates, const float *states,
                         float *dState, float *d) {
  const int units = s.units;
  const size_t line = s.steps * s.units;
  for (int64_t row = 0; row < rows; row++) {
    const float *gate = gates + 4 * row * line, *state = states + row * line;
    float *own = d + 4 * row * units, *through = dState + row * units;
    for (int u = 0; u < units; u += LANES) {
      const int count = units - u;
      const Floats input = load(gate + u, count), forget = load(gate + units + u, count);
      const Floats candidate = load(gate + 2 * units + u, count), output = load(gate + 3 * units + u, count);
      const Floats before = first ? Floats{} : load(state - units + u, count);
      const Floats shown = tanh(load(state + u, count)), dh = load(dAnswer + row * units + u, count);
      const Floats dc = load(through + u, count) + dh * output * (1.f - shown * shown);
      store(own + u, dc * candidate * input * (1.f - input), count);
      store(own + units + u, dc * before * forget * (1.f - forget), count);
      store(own + 2 * units + u, dc * input * (1.f - candidate * candidate), count);
      store(own + 3 * units + u, dh * shown * output * (1.f - output), count);
      store(through + u, dc * forget, count);
    }
  }
}

/** Back through time, from the gradients in the answers and what `forward` was given and has left. */
inline void backward(Size s, const float *dAnswers, const float *x, Weights w, const float *gates, const float *states,
                     const float *answers, Gradients to) {
  const int units = s.units, channels = s.channels;
  const Factor kernel({w.kernel, 1, 4 * s.units}, 4 * units, channels), recurrent({w.recurrent, 1, 4 * s.units}, 4 * units, units);
  const int64_t line = s.steps * s.units, inputLine = s.steps * s.channels;
  // What the weights meet in a sample: input, answer before, and one for the bias. Each share sums their gradients for itself.
  const int64_t met = channels + units + 1;
  std::vector<std::vector<float>> sums(std::max<int64_t>(s.n, 1));
  const int64_t shares = share(s, [&, s](int64_t first, int64_t rows, int64_t index) {
    sums[index].resize(met * 4 * units);
    // What comes back from the step after: in the answer and in the state.
    std::vector<float> dAnswer(rows * units), dState(rows * units);
    // Of some steps at once, so that the sums are fetched and stored less often.
    constexpr int GROUP = 4;
    std::vector<float> values(GROUP * rows * met), d(GROUP * rows * 4 * units);
    int64_t filled = 0;
    const float *after = nullptr;
    for (int64_t t = s.steps - 1; t >= 0; t--) {
      const size_t at = first * line + t * units, input = first * inputLine + t * channels;
      float *own = &d[filled * 4 * units];
      for (int64_t row = 0; row < rows; row++) std::copy_n(dAnswers + at + row * line, units, &dAnswer[row * units]);
      if (after) recurrent.addProduct({after, 4 * s.units}, dAnswer.data(), units, rows);
      stepBackward(s, rows, t == 0, dAnswer.data(), gates + 4 * at, states + at, dState.data(), own);
      for (int64_t row = 0; row < rows; row++) {
        std::fill_n(to.x + input + row * inputLine, channels, 0.f);
        float *value = &values[(filled + row) * met];
        std::copy_n(x + input + row * inputLine, channels, value);
        if (t > 0) std::copy_n(answers + at - units + row * line, units, value + channels);
        else std::fill_n(value + channels, units, 0.f);
        value[met - 1] = 1;
      }
      kernel.addProduct({own, 4 * s.units}, to.x + input, inputLine, rows);
      after = own;
      filled += rows;
      if (filled < GROUP * rows && t > 0) continue;
      Factor({d.data(), 4 * s.units}, filled, 4 * units).addProduct({values.data(), 1, met}, sums[index].data(), 4 * units, met);
      filled = 0;
    }
  });
  auto &total = sums[0];
  for (int64_t i = 1; i < shares; i++)
    for (size_t k = 0; k < total.size(); k++) total[k] += sums[i][k];
  std::copy_n(total.data(), 4 * units * channels, to.kernel);
  std::copy_n(total.data() + 4 * units * channels, 4 * units * units, to.recurrent);
  std::copy_n(total.data() + 4 * units * (channels + units), 4 * units, to.bias);
}
