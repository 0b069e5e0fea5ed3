// SPDX-License-Identifier: Apache-2.0
//
// A set of names known at compile time, looked up by hash: every element and
// attribute of a document is.

#ifndef PHIWIRE_FORMATS_CCDA_NAME_MAP_H_
#define PHIWIRE_FORMATS_CCDA_NAME_MAP_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire::ccda {

template <std::size_t kSlots>
class NameMap {
 public:
  static_assert((kSlots & (kSlots - 1)) == 0, "a power of two");
  static constexpr std::uint16_t kNone = 0xFFFF;

  // names(i): the i-th name; keep kSlots at twice `count`.
  template <typename Names>
  constexpr NameMap(std::size_t count, Names names) {
    for (auto& slot : slots_) slot = kNone;
    for (std::size_t i = 0; i < count; ++i) {
      std::size_t at = Hash(names(i));
      while (slots_[at] != kNone) at = (at + 1) & (kSlots - 1);
      slots_[at] = static_cast<std::uint16_t>(i);
    }
  }

  template <typename Names>
  constexpr std::uint16_t Find(std::string_view name, Names names) const {
    for (std::size_t at = Hash(name);; at = (at + 1) & (kSlots - 1)) {
      if (slots_[at] == kNone || names(slots_[at]) == name) return slots_[at];
    }
  }

 private:
  // Names differ in their first, middle and last bytes and their size.
  static constexpr std::size_t Hash(std::string_view s) {
    if (s.empty()) return 0;
    const auto byte = [&](std::size_t i) {
      return static_cast<std::uint32_t>(static_cast<unsigned char>(s[i]));
    };
    std::uint32_t hash = static_cast<std::uint32_t>(s.size());
    for (const std::size_t i : {std::size_t{0}, s.size() / 4, s.size() / 2,
                                s.size() * 3 / 4, s.size() - 1}) {
      hash = (hash ^ byte(i)) * 0x01000193u;
    }
    return (hash ^ (hash >> 15)) & (kSlots - 1);
  }

  std::array<std::uint16_t, kSlots> slots_{};
};

}  // namespace phiwire::ccda

#endif  // PHIWIRE_FORMATS_CCDA_NAME_MAP_H_
