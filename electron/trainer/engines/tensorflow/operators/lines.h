// Going through rows [count, channels] a register at a time, whatever the channels.
#pragma once
#include <array>
#include <numeric>
#include <utility>
#include <vector>

#include "arithmetic.h"
#include "threads.h"

/** Rows as lines: as many side by side as fill whole strips of registers. What is left over at the end is less than a line. */
class Lines {
 public:
  Lines(int64_t count, int64_t channels)
      : numbers(count * channels), channels(channels), width(std::lcm<int64_t>(STRIP, channels)), whole(numbers / width),
        parts(std::clamp<int64_t>(numbers / PART, 1, 4 * processors())), block(std::max<int64_t>(BLOCK / width, 1)) {}

  /** Values per channel as they meet the numbers of a line. */
  std::vector<float> repeated(const float *values) const {
    std::vector<float> line(width);
    for (int64_t k = 0; k < width; k++) line[k] = values[k % channels];
    return line;
  }

  /** visit(column) gives what is called with (at, lanes) for every register of numbers that stands in a line from `column` on. */
  template <typename Visit>
  void each(Visit visit) const {
    Workers::all().share(parts, [&](int64_t turn) {
      // What the pass before saw last comes first: some of it is still in a cache.
      const int64_t part = parts - 1 - turn, start = whole * part / parts;
      for (int64_t end = whole * (part + 1) / parts; end > start; end -= block)
        for (int64_t k = 0; k < width; k += STRIP) {
          const auto first = visit(k), second = visit(k + LANES);
          for (int64_t line = std::max(end - block, start); line < end; line++) {
            first(line * width + k, LANES);
            second(line * width + k + LANES, LANES);
          }
        }
    });
    rest([&](int64_t at, int64_t column, int64_t lanes) { visit(column)(at, lanes); });
  }

  /** Two sums per channel, of the two registers that term(column) gives for (at, lanes). */
  template <typename Term>
  std::array<std::vector<double>, 2> sums(Term term) const {
    std::vector<std::vector<double>> all(parts);
    Workers::all().share(parts, [&](int64_t part) {
      auto &sum = all[part];
      sum.resize(2 * width);
      const int64_t end = whole * (part + 1) / parts;
      for (int64_t start = whole * part / parts; start < end; start += block)
        for (int64_t k = 0; k < width; k += STRIP) {
          const auto first = term(k), second = term(k + LANES);
          Floats found[4] = {};
          for (int64_t line = start; line < std::min(start + block, end); line++) {
            const auto a = first(line * width + k, LANES), b = second(line * width + k + LANES, LANES);
            found[0] += a.first;
            found[1] += b.first;
            found[2] += a.second;
            found[3] += b.second;
          }
          for (int64_t i = 0; i < STRIP; i++) {
            sum[k + i] += found[i / LANES][i % LANES];
            sum[width + k + i] += found[2 + i / LANES][i % LANES];
          }
        }
    });
    std::array<std::vector<double>, 2> both{std::vector<double>(channels), std::vector<double>(channels)};
    for (const auto &sum : all)
      for (int64_t k = 0; k < 2 * width; k++) both[k / width][k % width % channels] += sum[k];
    rest([&](int64_t at, int64_t column, int64_t lanes) {
      const auto [first, second] = term(column)(at, lanes);
      for (int64_t i = 0; i < lanes; i++) {
        both[0][(column + i) % channels] += first[i];
        both[1][(column + i) % channels] += second[i];
      }
    });
    return both;
  }

 private:
  /** Two registers: what is computed with per channel stays in others meanwhile. */
  static constexpr int64_t STRIP = 2 * LANES;
  /** Numbers that are worth a thread. */
  static constexpr int64_t PART = 65536;
  /** Numbers of which strip after strip is taken, and that are summed up as floats: half of what the nearest cache holds. */
  static constexpr int64_t BLOCK = 4096;
  const int64_t numbers, channels, width, whole, parts, block;

  template <typename Visit>
  void rest(Visit visit) const {
    const int64_t first = whole * width;
    for (int64_t at = first; at < numbers; at += LANES) visit(at, at - first, std::min<int64_t>(LANES, numbers - at));
  }
};
