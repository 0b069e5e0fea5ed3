// SPDX-License-Identifier: Apache-2.0

#include "policy/roster.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <system_error>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "policy/roster_columns.h"
#include "policy/roster_csv.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxRows = 5'000'000;
constexpr std::size_t kMaxColumns = 256;
constexpr std::uintmax_t kMaxBytes = std::uintmax_t{1} << 30;

// "1980-01-02", "1/2/1980", "19800102", "2 Jan 1980", "January 2, 1980".
std::optional<CivilDate> ReadDate(std::string_view text) {
  const auto digits_only = text.find_first_not_of("0123456789") == text.npos;
  if (digits_only) {
    return text.size() == 8 ? ParseCompactDate(text) : std::nullopt;
  }
  // A time behind the day is let be: "1980-01-02T00:00", "1980-01-02 00:00".
  if (text.size() > 10 && text[4] == '-' &&
      (text[10] == 'T' || text[10] == ' ')) {
    text = text.substr(0, 10);
  }
  const auto numeric = ParseNumericDate(text, DateOrder::kMonthFirst);
  if (numeric) return numeric->year != 0 ? numeric : std::nullopt;
  CivilDate date;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = text.find_first_not_of(" ,-./", at);
    if (begin == text.npos) break;
    at = std::min(text.find_first_of(" ,-./", begin), text.size());
    const std::string_view word = text.substr(begin, at - begin);
    const bool number = word.find_first_not_of("0123456789") == word.npos;
    if (!number) {
      if (date.month != 0) return std::nullopt;
      date.month = MonthOfName(word);
      if (date.month == 0) return std::nullopt;
    } else if (word.size() <= 2 && date.day == 0) {
      date.day = std::stoi(std::string(word));
    } else if (word.size() == 4 && date.year == 0) {
      date.year = std::stoi(std::string(word));
    } else {
      return std::nullopt;
    }
  }
  if (!IsDate(date.year, date.month, date.day)) return std::nullopt;
  return date;
}

absl::StatusOr<std::vector<RosterColumnKind>> ReadHeader(RosterCsv* csv) {
  std::vector<std::string> names;
  PHIWIRE_RETURN_IF_ERROR(csv->Next(&names));
  if (names.empty()) return csv->Error(0, "no header line");
  if (names.size() > kMaxColumns) return csv->Error(0, "over 256 columns");
  std::vector<RosterColumnKind> columns;
  bool seen[3] = {};
  for (std::size_t i = 0; i < names.size(); ++i) {
    const auto kind = FindRosterColumn(names[i]);
    // A header may be missing, and this a patient: the name is not told.
    if (!kind) return csv->Error(i + 1, "no such column (docs/roster.md)");
    if (kind->column <= RosterColumn::kLast) {
      bool& before = seen[static_cast<std::size_t>(kind->column)];
      if (before) return csv->Error(i + 1, "this part of the name came before");
      before = true;
    }
    columns.push_back(*kind);
  }
  return columns;
}

absl::Status AddRow(const RosterCsv& csv,
                    const std::vector<RosterColumnKind>& columns,
                    const std::vector<std::string>& row, RosterIndex* index) {
  if (row.size() != columns.size()) {
    return csv.Error(0, Concat({std::to_string(row.size()), " cells, not ",
                                std::to_string(columns.size())}));
  }
  RosterName name;
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (row[i].empty()) continue;
    RosterName full;
    std::optional<CivilDate> date;
    switch (columns[i].column) {
      case RosterColumn::kFirst:
        name.first = CleanNamePart(row[i]);
        break;
      case RosterColumn::kMiddle:
        name.middle = CleanNamePart(row[i]);
        break;
      case RosterColumn::kLast:
        name.last = CleanNamePart(row[i]);
        break;
      case RosterColumn::kFullName:
        full = ParseRosterName(row[i]);
        index->AddName(full.first, full.middle, full.last);
        break;
      case RosterColumn::kDate:
        date = ReadDate(row[i]);
        if (!date || !index->AddDate(*date)) {
          return csv.Error(i + 1, "no date of the years 1800 to 2199");
        }
        break;
      case RosterColumn::kValue:
        index->AddValue(row[i], columns[i].type);
        break;
      case RosterColumn::kIgnore:
        break;
    }
  }
  if (!name.first.empty() || !name.last.empty()) {
    index->AddName(name.first, name.middle, name.last);
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> ReadFile(const std::string& path) {
  std::error_code error;
  const auto size = std::filesystem::file_size(path, error);
  if (error) {
    return absl::NotFoundError(Concat({"roster ", path, ": no readable file"}));
  }
  if (size > kMaxBytes) {
    return absl::OutOfRangeError(Concat({"roster ", path, ": over 1 GiB"}));
  }
  std::string text(static_cast<std::size_t>(size), '\0');
  std::ifstream in(path, std::ios::binary);
  in.read(text.data(), static_cast<std::streamsize>(text.size()));
  if (!in || in.gcount() != static_cast<std::streamsize>(text.size())) {
    return absl::NotFoundError(Concat({"roster ", path, ": no readable file"}));
  }
  return text;
}

}  // namespace

absl::StatusOr<std::unique_ptr<const RosterIndex>> ParseRoster(
    std::string_view text, std::string_view file) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  RosterCsv csv(text, file);
  if (!IsValidUtf8(text) || text.find('\0') != text.npos) {
    return absl::InvalidArgumentError(
        Concat({file, ": not valid UTF-8, or with a NUL byte"}));
  }
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<RosterColumnKind> columns,
                           ReadHeader(&csv));
  auto index = std::make_unique<RosterIndex>();
  std::vector<std::string> row;
  std::size_t rows = 0;
  while (true) {
    PHIWIRE_RETURN_IF_ERROR(csv.Next(&row));
    if (row.empty()) break;
    if (++rows > kMaxRows) return csv.Error(0, "over 5000000 rows");
    PHIWIRE_RETURN_IF_ERROR(AddRow(csv, columns, row, index.get()));
  }
  if (rows == 0) return csv.Error(0, "no patient below the header");
  index->Finish(rows);
  return std::unique_ptr<const RosterIndex>(std::move(index));
}

absl::StatusOr<std::unique_ptr<const RosterIndex>> ReadRoster(
    const Policy& policy) {
  if (policy.roster_file.empty()) return std::unique_ptr<const RosterIndex>();
  PHIWIRE_ASSIGN_OR_RETURN(const std::string text,
                           ReadFile(policy.roster_file));
  return ParseRoster(text, policy.roster_file);
}

}  // namespace phiwire
