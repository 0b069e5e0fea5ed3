// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/hl7v2/values.h"
#include "formats/splice.h"
#include "formats/x12/dates.h"
#include "formats/x12/reader.h"
#include "formats/x12/splitter.h"

namespace phiwire::x12 {
namespace {

// Rules are for the first ones; the longest segments have 27.
constexpr std::size_t kMostElements = 100;

bool AllDigits(std::string_view s) {
  return std::all_of(s.begin(), s.end(), IsDigit);
}

// What the rules say of the place of an edit.
Decision DecisionAt(std::string_view record, std::size_t at,
                    const Delimiters& d, const Rulebook& rules) {
  std::size_t begin = at == 0 ? 0 : record.rfind(d.terminator, at - 1) + 1;
  begin = SkipBlanks(record, begin);
  const std::size_t end =
      std::min(record.find(d.terminator, at), record.size());
  std::array<std::string_view, kMostElements> storage;
  std::size_t count = 0;
  std::size_t element = 0;
  for (std::size_t from = begin; from <= end && count < storage.size();) {
    const std::size_t to = std::min(record.find(d.element, from), end);
    if (at >= from && at <= to) element = count;
    storage[count++] = record.substr(from, to - from);
    from = to + 1;
  }
  const Elements elements = std::span(storage).first(count);
  const auto in_element =
      static_cast<std::size_t>(elements[element].data() - record.data());
  std::size_t component = 1;
  for (std::size_t i = in_element; i < at; ++i) {
    if (record[i] == d.component) ++component;
    if (d.repetition != '\0' && record[i] == d.repetition) component = 1;
  }
  const std::uint32_t segment = Code(elements[0]);
  Decision found =
      rules.Decide(segment, RulesOf(segment), elements, element, component);
  if (element > 1 && elements[element - 1] == "D6") found.short_year = true;
  return found;
}

// An edit whose text is as its place needs it.
absl::StatusOr<Edit> Fit(std::string_view record, const Edit& edit,
                         const Delimiters& d, const Rulebook& rules) {
  const std::string_view raw = record.substr(edit.begin, edit.end - edit.begin);
  for (const char c : raw) {
    if (c == d.terminator || c == d.element) {
      return absl::InternalError(ToAbsl("edit over an X12 delimiter"));
    }
  }
  Edit out{edit.begin, edit.end, edit.text};
  if (IsDateDigits(raw)) {
    const Decision place = DecisionAt(record, edit.begin, d, rules);
    const bool shaped = place.action != Action::kSlot &&
                        hl7v2::IsDateShaped(raw) && AllDigits(edit.text);
    if (place.action == Action::kDate || shaped) {
      PHIWIRE_ASSIGN_OR_RETURN(
          out.text,
          FitDate(raw, edit.text, place.short_year && raw.size() == 6));
    }
  }
  for (char& c : out.text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || d.Separates(c)) c = ' ';
  }
  return out;
}

// Elements of ISA keep their widths: blanks fill them, what is longer is cut.
std::string WriteIsa(std::string_view record, std::span<const Edit> edits) {
  std::string out(record.substr(0, 3));
  std::size_t at = 3;
  for (const std::size_t width : kIsaWidths) {
    out += record[at];
    const std::size_t end = at + 1 + width;
    std::string value;
    std::size_t copied = at + 1;
    bool edited = false;
    for (const Edit& edit : edits) {
      if (edit.begin <= at || edit.end > end) continue;
      value += record.substr(copied, edit.begin - copied);
      value += edit.text;
      copied = edit.end;
      edited = true;
    }
    value += record.substr(copied, end - copied);
    if (edited && value.size() > width) {
      value.erase(std::min(value.find_last_not_of(' ') + 1, value.size()));
    }
    value.resize(width, ' ');
    out += value;
    at = end;
  }
  out += record.substr(at);
  return out;
}

}  // namespace

absl::StatusOr<std::string> WriteEdits(std::string_view record,
                                       const Delimiters& d,
                                       const Rulebook& rules,
                                       std::span<const Edit> edits) {
  PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
  std::vector<Edit> fitted;
  fitted.reserve(edits.size());
  for (const Edit& edit : edits) {
    PHIWIRE_ASSIGN_OR_RETURN(Edit fit, Fit(record, edit, d, rules));
    fitted.push_back(std::move(fit));
  }
  if (IsIsaAt(record, 0) && record.size() >= kIsaSize) {
    return WriteIsa(record, fitted);
  }
  return SpliceEdits(
      record, fitted,
      [](std::string_view text, std::string& out) { out.append(text); });
}

}  // namespace phiwire::x12
