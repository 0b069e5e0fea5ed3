// SPDX-License-Identifier: Apache-2.0

#include "formats/table/row_fields.h"

#include <algorithm>
#include <forward_list>
#include <optional>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "base/calendar.h"
#include "engine/decoded_text.h"
#include "formats/hl7v2/digit_pairs.h"
#include "formats/hl7v2/known_values.h"
#include "formats/table/content.h"

namespace phiwire::table {
namespace {

using hl7v2::KnownValues;

// Shorter text holds no known value.
constexpr std::size_t kShortestText = 3;
// Shorter text holds no digits in disguise.
constexpr std::size_t kShortestEmbedded = 16;

// The segments whose values KnownValues takes for the patient's and family's,
// and for anybody's: of the latter it looks at names only.
constexpr std::string_view kPersonal = "PID";
constexpr std::string_view kAnybody = "ROL";

void Decode(std::string_view row, const Cell& cell, Field* field) {
  if (!cell.doubled) return;
  DecodedText text;
  std::size_t at = field->begin;
  while (at < field->end) {
    const std::size_t quote = row.substr(0, field->end).find('"', at);
    const std::size_t stop = std::min(quote, field->end);
    text.Copy(row.substr(at, stop - at), at);
    if (stop == field->end) break;
    text.Put("\"", stop);
    at = stop + 2;
  }
  text.Finish(field->end, field);
}

// "19800102" of a cell that says a day.
std::optional<std::string> DayOf(std::string_view cell, bool day_first) {
  std::string_view day = cell.substr(0, std::min(cell.find('T'), cell.size()));
  if (day.find(':') != day.npos) day = day.substr(0, day.find(' '));
  auto date = ParseNumericDate(
      day, day_first ? DateOrder::kDayFirst : DateOrder::kMonthFirst);
  if (!date && day.size() >= 8 && DigitsAt(day, 0) == day.size()) {
    date = ParseCompactDate(day);
  }
  if (!date || date->year < 1000) return std::nullopt;
  const int number = date->year * 10000 + date->month * 100 + date->day;
  return std::to_string(number);
}

bool MayHoldDigits(std::string_view text) {
  return text.size() >= kShortestEmbedded ||
         std::any_of(text.begin(), text.end(), [](char c) {
           return IsDigit(c) || c == '&' || c == '%' || c == '\\' || c == '=' ||
                  (static_cast<unsigned char>(c) & 0x80) != 0;
         });
}

bool IsLetter(char c) {
  const char lower = static_cast<char>(c | 0x20);
  return (lower >= 'a' && lower <= 'z') ||
         (static_cast<unsigned char>(c) & 0x80) != 0;
}

bool HasWord(std::string_view text) {
  std::size_t letters = 0;
  for (const char c : text) {
    letters = IsLetter(c) ? letters + 1 : 0;
    if (letters >= kShortestText) return true;
  }
  return false;
}

class RowReader {
 public:
  RowReader(std::string_view row, std::span<const Cell> cells, const Plan& plan)
      : row_(row), cells_(cells), plan_(plan) {}

  RecordFields Read() {
    const std::size_t most = std::min<std::size_t>(cells_.size(), 64);
    out_.fields.reserve(std::min(most, plan_.fields));
    slots_.reserve(std::min(most, plan_.fields));
    for (std::size_t i = 0; i < cells_.size(); ++i) Take(i);
    FindPeople();
    if (has_text_ || (any_kept_ && AnySlotHasLetters())) {
      CollectKnown();
      ScanRepeats();
      if (has_text_) out_.known = known_.Take(&digits_);
    }
    return std::move(out_);
  }

 private:
  const Column& ColumnOf(std::size_t i) const {
    static const Column kUnplanned;
    return i < plan_.columns.size() ? plan_.columns[i] : kUnplanned;
  }

  // The cell without blanks around it.
  RecordRange Trimmed(const Cell& cell) const {
    const std::string_view trimmed =
        TrimBlanks(row_.substr(cell.begin, cell.end - cell.begin));
    const std::size_t begin =
        trimmed.empty()
            ? cell.begin
            : static_cast<std::size_t>(trimmed.data() - row_.data());
    return {begin, begin + trimmed.size()};
  }

  void Take(std::size_t i) {
    const RecordRange range = Trimmed(cells_[i]);
    const std::string_view value =
        row_.substr(range.begin, range.end - range.begin);
    const Column& column = ColumnOf(i);
    if (value.empty() || (!column.dropped && StandsForNothing(value))) return;
    switch (column.rule.use) {
      case ColumnUse::kSlot:
        if (column.rule.type == PhiType::kAge && !column.told &&
            AgeMayStay(value)) {
          return;
        }
        return Put(i, range, FieldKind::kSlot);
      case ColumnUse::kKeep:
        if (column.told || ColumnMayKeep(value)) {
          any_kept_ = true;
          return;
        }
        break;
      default:
        break;
    }
    PutText(i, range, value);
  }

  void PutText(std::size_t i, const RecordRange& range,
               std::string_view value) {
    Put(i, range, FieldKind::kText);
    has_text_ = has_text_ || value.size() >= kShortestText;
    digits_.Add(value);
    has_digits_ = has_digits_ || MayHoldDigits(value);
  }

  void Put(std::size_t i, const RecordRange& range, FieldKind kind) {
    const Column& column = ColumnOf(i);
    Field& field = out_.fields.emplace_back();
    field.begin = range.begin;
    field.end = range.end;
    field.kind = kind;
    field.path = column.path;
    field.subject = column.subject;
    Decode(row_, cells_[i], &field);
    if (kind != FieldKind::kSlot) return;
    field.type = column.rule.type;
    field.grammar = column.rule.grammar;
    field.spelling = column.rule.spelling;
    field.part = column.rule.part;
    field.person = column.person;
    slots_.push_back({i, out_.fields.size() - 1});
  }

  std::string_view Text(const Field& field) const {
    return field.offsets.empty()
               ? row_.substr(field.begin, field.end - field.begin)
               : std::string_view(field.decoded);
  }

  void FindPeople() {
    out_.subjects.reserve(plan_.subjects.size());
    for (const std::size_t column : plan_.subjects) {
      out_.subjects.push_back(SubjectIn(column));
    }
    // Nobody's id, or all who have none would share one.
    if (std::all_of(out_.subjects.begin(), out_.subjects.end(),
                    [](const std::string& s) { return s.empty(); })) {
      out_.subjects.clear();
      for (Field& field : out_.fields) field.subject = -1;
    }
    if (plan_.persons == 0) return;
    out_.persons.resize(plan_.persons);
    for (const auto& [column, index] : slots_) {
      const Field& field = out_.fields[index];
      if (field.person < 0) continue;
      PersonName& name = out_.persons[static_cast<std::size_t>(field.person)];
      AddPart(field.part, Text(field), &name);
    }
  }

  // Kept cells are looked at for the row's own names and ids with letters.
  bool AnySlotHasLetters() const {
    return std::any_of(slots_.begin(), slots_.end(), [&](const SlotField& s) {
      const std::string_view text = Text(out_.fields[s.field]);
      return std::any_of(text.begin(), text.end(),
                         [](char c) { return IsLetter(c); });
    });
  }

  std::string SubjectIn(std::size_t column) const {
    if (column >= cells_.size()) return {};
    Cell cell = cells_[column];
    const RecordRange range = Trimmed(cell);
    if (StandsForNothing(row_.substr(range.begin, range.end - range.begin))) {
      return {};
    }
    cell.begin = range.begin;
    cell.end = range.end;
    return CellText(row_, cell);
  }

  static void AddPart(NamePart part, std::string_view text, PersonName* name) {
    std::string* to = part == NamePart::kFamily   ? &name->family
                      : part == NamePart::kGiven  ? &name->given
                      : part == NamePart::kMiddle ? &name->middle
                                                  : nullptr;
    if (to != nullptr && to->empty()) *to = text;
  }

  void CollectKnown() {
    for (const auto& [index, field] : slots_) {
      const Column& column = ColumnOf(index);
      if (column.dropped) continue;
      const bool words = column.rule.grammar == SlotGrammar::kName;
      // No text of the row holds a number then.
      if (!words && !has_digits_ && !any_kept_) continue;
      std::string_view text = Text(out_.fields[field]);
      if (column.rule.type == PhiType::kDate) {
        // Other dates are found where they stand.
        if (!column.rule.birth_date) continue;
        auto day = DayOf(text, column.rule.spelling == Spelling::kDayFirstDate);
        if (!day) continue;
        text = written_.emplace_front(*std::move(day));
      } else if (!out_.fields[field].offsets.empty()) {
        // The collector keeps views, and fields move.
        text = written_.emplace_front(text);
      }
      known_.Add(column.personal ? kPersonal : kAnybody, column.rule.type,
                 column.rule.grammar, text);
    }
  }

  // A code that repeats a known value is no code: it is scanned after all.
  void ScanRepeats() {
    const std::size_t before = out_.fields.size();
    for (std::size_t i = 0; any_kept_ && i < cells_.size(); ++i) {
      const Column& column = ColumnOf(i);
      if (column.rule.use != ColumnUse::kKeep) continue;
      const RecordRange range = Trimmed(cells_[i]);
      const std::string_view value =
          row_.substr(range.begin, range.end - range.begin);
      if (!HasWord(value) || (!column.told && !ColumnMayKeep(value))) continue;
      if (known_.IsRepeatedIn(value)) PutText(i, range, value);
    }
    if (out_.fields.size() == before) return;
    std::sort(out_.fields.begin(), out_.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
  }

  struct SlotField {
    std::size_t column;
    std::size_t field;
  };

  std::string_view row_;
  std::span<const Cell> cells_;
  const Plan& plan_;
  RecordFields out_;
  std::vector<SlotField> slots_;
  std::forward_list<std::string> written_;  // values that known_ views
  KnownValues known_;
  hl7v2::DigitPairs digits_;  // of the texts
  bool any_kept_ = false;
  bool has_text_ = false;
  bool has_digits_ = false;
};

}  // namespace

RecordFields FieldsOfRow(std::string_view row, std::span<const Cell> cells,
                         const Plan& plan) {
  return RowReader(row, cells, plan).Read();
}

RecordFields FieldsOfHeader(std::string_view row, std::span<const Cell> cells,
                            const Plan& plan) {
  RecordFields out;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const Cell& cell = cells[i];
    const std::string name(TrimBlanks(CellText(row, cell)));
    if (name.empty()) continue;
    // The dictionary or a column map knows it. Of several words only the last
    // need be known, so what stands before may be anybody's name.
    const bool mapped = i < plan.columns.size() && plan.columns[i].path == name;
    const bool known =
        mapped || ClassifyColumnName(name).use != ColumnUse::kUnknown;
    const bool one_word = name.find_first_of(" \t") == std::string::npos;
    if (known && one_word && !HoldsNumber(name)) continue;
    Field field;
    field.begin = cell.begin;
    field.end = cell.end;
    field.path = "header";
    Decode(row, cell, &field);
    out.fields.push_back(std::move(field));
  }
  return out;
}

}  // namespace phiwire::table
