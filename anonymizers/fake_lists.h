// SPDX-License-Identifier: Apache-2.0
//
// What surrogates are drawn from: compiled in by tools/build_fakes.py from the
// census and gazetteer tables of data/lexicon, and what the census says of
// first names. Sorted, ASCII, written as in a sentence ("Keller"). Immutable,
// safe from any thread.
//
//   const FakeList& list = Fakes(FakeKind::kFamily);
//   std::string_view family = list.at(draw.Below(list.size()));

#ifndef PHIWIRE_ANONYMIZERS_FAKE_LISTS_H_
#define PHIWIRE_ANONYMIZERS_FAKE_LISTS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

namespace phiwire {

enum class FakeKind : std::uint8_t {
  kFamily,
  kMale,
  kFemale,
  kUnisex,
  kCity,    // names that three US states or more have
  kCounty,  // without "County"
  kState,
  kStateCode,
  kCountry,
  kStreet,  // without "Street"
  kProfession,
};

class FakeList {
 public:
  // `text` is `size` entries of `width` bytes, each ended by NUL; the entries
  // of the i-th letter are [starts[i], starts[i + 1]).
  constexpr FakeList(const char* text, std::size_t width, std::size_t size,
                     const std::uint16_t* starts)
      : text_(text), width_(width), size_(size), starts_(starts) {}

  std::size_t size() const { return size_; }
  std::string_view at(std::size_t i) const {
    return std::string_view(text_ + i * width_);
  }
  // [begin, end) of the entries with a first letter 'a' to 'z'; empty for any
  // other character.
  std::pair<std::size_t, std::size_t> WithInitial(char lower) const {
    if (lower < 'a' || lower > 'z') return {0, 0};
    return {starts_[lower - 'a'], starts_[lower - 'a' + 1]};
  }
  // Whether `folded` (lower case) is an entry.
  bool Contains(std::string_view folded) const;

 private:
  const char* text_;
  std::size_t width_;
  std::size_t size_;
  const std::uint16_t* starts_;
};

const FakeList& Fakes(FakeKind kind);

enum class Sex : std::uint8_t { kUnknown, kMale, kFemale, kEither };

struct FirstName {
  bool listed = false;        // 200 bearers or more in the 2020 census
  bool mostly_given = false;  // no rarer than as a surname
  Sex sex = Sex::kUnknown;    // of 60 % of its bearers, else kEither
};

// Of a folded word (base/fold.h). One in 10^3 unlisted words is taken for a
// listed one: only the choice of a fake hangs on it.
FirstName FindFirstName(std::string_view folded);

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_FAKE_LISTS_H_
