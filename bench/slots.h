// SPDX-License-Identifier: Apache-2.0
//
// Fills "{slot}" marks of the benchmark templates with made-up identifiers.
// One Filler is one patient: after "{title}" a "{last}" is the patient's own,
// as are the first of each in a document. Not thread-safe.

#ifndef PHIWIRE_BENCH_SLOTS_H_
#define PHIWIRE_BENCH_SLOTS_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <string>
#include <string_view>

namespace phiwire::bench {

// The same numbers with every standard library, which the distributions of
// <random> do not promise.
class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}
  std::size_t Below(std::size_t n) {
    return static_cast<std::size_t>(engine_() % n);
  }
  std::string Digits(int count);

 private:
  std::mt19937_64 engine_;
};

class Filler {
 public:
  explicit Filler(Random* random);

  // The template with its slots filled; adds to planted() and planted_bytes().
  std::string Fill(std::string_view text);

  std::size_t planted() const { return planted_; }
  std::size_t planted_bytes() const { return planted_bytes_; }

 private:
  std::string Slot(std::string_view name);
  std::string Name(std::string_view name);
  std::string Date(std::string_view name);
  std::string Contact(std::string_view name);
  std::string Number(std::string_view name);

  Random* random_;
  std::string first_;
  std::string last_;
  bool first_used_ = false;
  bool own_last_ = true;
  bool is_phi_ = true;
  std::size_t planted_ = 0;
  std::size_t planted_bytes_ = 0;
};

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_SLOTS_H_
