// SPDX-License-Identifier: Apache-2.0
//
// What cells look like: shapes, and counts of them over a sample of a column.
// Shapes only; whether a word is a name, the engine knows.
//
// Pure functions and a value class; not for several threads at once.

#ifndef PHIWIRE_FORMATS_TABLE_CONTENT_H_
#define PHIWIRE_FORMATS_TABLE_CONTENT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_set>

namespace phiwire::table {

enum class Shape : std::uint8_t {
  kEmpty,  // nothing, or what stands for nothing (NULL, N/A)
  kDate,   // a whole date, a time behind it or not
  kSsn,    // 123-45-6789
  kPhone,  // ten or more digits in a telephone's groups
  kEmail,
  kUrl,
  kIpAddress,
  kUuid,
  kYear,         // 1880 to 2040
  kSmall,        // up to four digits, or six and a decimal point
  kLargeNumber,  // any other number
  kMixed,        // one word of letters and at least four digits: an id
  kLastFirst,    // "Roe, Jane Q"
  kWords,        // one to four capitalised words
  kOther,
  kCount,
};

// `cell` without blanks around it.
Shape ShapeOf(std::string_view cell);

// NULL, NA, N/A, none, \N, ... in the spellings that programs write.
bool IsNothingWord(std::string_view cell);
inline bool StandsForNothing(std::string_view cell) {
  return cell.empty() || (cell.size() <= 7 && IsNothingWord(cell));
}

inline std::string_view TrimBlanks(std::string_view cell) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!cell.empty() && blank(cell.front())) cell.remove_prefix(1);
  while (!cell.empty() && blank(cell.back())) cell.remove_suffix(1);
  return cell;
}

// Counts of one column. Keeps no cell: distinct ones are counted by hash.
class ColumnSample {
 public:
  void Add(std::string_view cell);

  std::size_t cells() const { return cells_; }  // all
  std::size_t filled() const { return cells_ - Of(Shape::kEmpty); }
  std::size_t Of(Shape shape) const {
    return shapes_[static_cast<std::size_t>(shape)];
  }
  // Of the filled cells; 0 when there are none.
  double Share(Shape shape) const;
  std::size_t distinct() const { return hashes_.size(); }
  double mean_length() const;
  // Of the dates with two small numbers first: which can only be days.
  bool day_first() const { return day_first_ > month_first_; }

 private:
  std::array<std::size_t, static_cast<std::size_t>(Shape::kCount)> shapes_{};
  std::size_t cells_ = 0;
  std::size_t bytes_ = 0;
  std::size_t day_first_ = 0;
  std::size_t month_first_ = 0;
  std::unordered_set<std::size_t> hashes_;
};

}  // namespace phiwire::table

#endif  // PHIWIRE_FORMATS_TABLE_CONTENT_H_
