// SPDX-License-Identifier: Apache-2.0
//
// Names to small numbers, put together by the compiler: a look-up is one hash
// and, mostly, one comparison. 0 is "not there". ASCII, in any case.
//
//   constexpr NameTable kTable = [] {
//     NameTable table;
//     table.AddAll("td th", 3);
//     return table;
//   }();
//   kTable.Find("TD") == 3

#ifndef PHIWIRE_FORMATS_MARKUP_NAME_TABLE_H_
#define PHIWIRE_FORMATS_MARKUP_NAME_TABLE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace phiwire::markup {

class NameTable {
 public:
  // `names` are separated by blanks; at most some 500 in all.
  constexpr void AddAll(std::string_view names, std::uint8_t value) {
    for (std::size_t at = 0; at < names.size();) {
      std::size_t end = at;
      while (end < names.size() && names[end] != ' ') ++end;
      if (end > at) Add(names.substr(at, end - at), value);
      at = end + 1;
    }
  }

  constexpr std::uint8_t Find(std::string_view name) const {
    for (std::size_t at = HashOf(name); !rows_[at].name.empty();
         at = (at + 1) % kSlots) {
      if (Same(rows_[at].name, name)) return rows_[at].value;
    }
    return 0;
  }

 private:
  static constexpr std::size_t kSlots = 1024;

  struct Row {
    std::string_view name;
    std::uint8_t value = 0;
  };

  static constexpr char Lower(char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }

  static constexpr std::size_t HashOf(std::string_view name) {
    std::uint32_t hash = 2166136261u;  // FNV-1a
    for (const char c : name) {
      hash = (hash ^ static_cast<unsigned char>(Lower(c))) * 16777619u;
    }
    return (hash ^ (hash >> 15)) % kSlots;
  }

  static constexpr bool Same(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      if (Lower(a[i]) != Lower(b[i])) return false;
    }
    return true;
  }

  constexpr void Add(std::string_view name, std::uint8_t value) {
    std::size_t at = HashOf(name);
    while (!rows_[at].name.empty()) at = (at + 1) % kSlots;
    rows_[at] = {name, value};
  }

  std::array<Row, kSlots> rows_ = {};
};

}  // namespace phiwire::markup

#endif  // PHIWIRE_FORMATS_MARKUP_NAME_TABLE_H_
