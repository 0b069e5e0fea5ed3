// SPDX-License-Identifier: Apache-2.0
//
// Fixed width: a record is a line, its columns stand where the column map says.
// A replacement is cut or filled up with blanks, so every column stays where it
// is. See docs/tables.md.

#include <algorithm>
#include <cstring>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/splice.h"
#include "formats/table/column_map.h"
#include "formats/table/dialect.h"
#include "formats/table/row_fields.h"
#include "formats/table/rows.h"
#include "formats/table/table_formats.h"

namespace phiwire {
namespace {

using table::Cell;
using table::kLookAheadRows;
using table::Plan;

bool Continues(char c) {
  return (static_cast<unsigned char>(c) & 0xC0) == 0x80;
}

std::size_t CountCharacters(std::string_view text) {
  return static_cast<std::size_t>(std::count_if(
      text.begin(), text.end(), [](char c) { return !Continues(c); }));
}

// Lines ended by LF, CR LF or CR.
std::size_t LineEnd(std::string_view text, std::size_t from) {
  return std::min(text.find_first_of("\r\n", from), text.size());
}

struct Place {
  std::size_t begin = 0;
  std::size_t width = 0;
};

// Where every byte of a line belongs: to a column, or between columns, where
// it is scanned as text that nobody described.
class Layout {
 public:
  Layout() = default;
  Layout(std::vector<Place> places, bool in_bytes)
      : places_(std::move(places)), in_bytes_(in_bytes) {}

  bool in_bytes() const { return in_bytes_; }
  const std::vector<Place>& places() const { return places_; }

  // The columns' cells, empty behind the line's end, and the stretches between
  // and behind them.
  void Cut(std::string_view line, std::vector<Cell>* cells,
           std::vector<Cell>* rest) const {
    cells->assign(places_.size(), {});
    std::size_t at = 0;      // bytes
    std::size_t column = 0;  // bytes or characters
    const auto skip = [&](std::size_t to) {
      while (column < to && at < line.size()) {
        ++column;
        ++at;
        while (!in_bytes_ && at < line.size() && Continues(line[at])) ++at;
      }
    };
    for (std::size_t i = 0; i < places_.size(); ++i) {
      const std::size_t before = at;
      skip(places_[i].begin);
      if (at > before) rest->push_back({before, at});
      const std::size_t begin = at;
      skip(places_[i].begin + places_[i].width);
      (*cells)[i] = {begin, at};
    }
    if (at < line.size()) rest->push_back({at, line.size()});
  }

 private:
  std::vector<Place> places_;  // sorted, disjoint
  bool in_bytes_ = false;
};

class FixedReader final : public FormatReader {
 public:
  FixedReader(std::vector<SiteRule> site, ColumnMap map)
      : site_(std::move(site)), map_(std::move(map)) {}
  FixedReader(Layout layout, Plan plan, std::string header)
      : layout_(std::move(layout)),
        plan_(std::move(plan)),
        header_(std::move(header)) {}

  std::string_view name() const override { return "fixed"; }

  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    if (map_.columns.empty()) {
      return absl::InvalidArgumentError(
          "fixed width needs a column map (--columns): nothing else tells "
          "where columns are");
    }
    ColumnMap map = map_;
    std::sort(map.columns.begin(), map.columns.end(),
              [](const ColumnSpec& a, const ColumnSpec& b) {
                return a.begin < b.begin;
              });
    std::vector<Place> places;
    table::TableHead table;
    for (std::size_t i = 0; i < map.columns.size(); ++i) {
      ColumnSpec& spec = map.columns[i];
      places.push_back({spec.begin, spec.width});
      table.names.push_back(spec.name);
      spec.index = i + 1;
    }
    table.samples.resize(places.size());
    Layout layout(std::move(places), map.in_bytes);
    std::string header =
        Sample(layout, head, whole, map.header.value_or(false), &table);
    PHIWIRE_ASSIGN_OR_RETURN(Plan plan, table::MakePlan(table, map, site_));
    std::unique_ptr<const FormatReader> reader = std::make_unique<FixedReader>(
        std::move(layout), std::move(plan), std::move(header));
    return reader;
  }

  bool streams() const override { return true; }

  std::size_t Cut(std::string_view bytes) const override {
    const std::size_t last = bytes.find_last_of("\r\n");
    return last == std::string_view::npos ? 0 : last + 1;
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    std::vector<RecordRange> lines;
    std::size_t at = 0;
    while (at < file.size()) {
      if (file.substr(at).starts_with("\xEF\xBB\xBF")) at += 3;
      const std::size_t end = LineEnd(file, at);
      if (end > at) lines.push_back({at, end});
      at = end + 1;
    }
    return lines;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    if (layout_.places().empty()) {
      return absl::InvalidArgumentError("fixed width needs a column map");
    }
    std::vector<Cell> cells;
    std::vector<Cell> rest;
    layout_.Cut(record, &cells, &rest);
    if (!header_.empty() && record == header_) {
      return table::FieldsOfHeader(record, cells, plan_);
    }
    RecordFields out = table::FieldsOfRow(record, cells, plan_);
    for (const Cell& cell : rest) {
      const std::string_view text =
          record.substr(cell.begin, cell.end - cell.begin);
      if (table::TrimBlanks(text).empty()) continue;
      Field field;
      field.begin = cell.begin;
      field.end = cell.end;
      field.path = "rest";
      out.fields.push_back(std::move(field));
    }
    std::sort(out.fields.begin(), out.fields.end(),
              [](const Field& a, const Field& b) { return a.begin < b.begin; });
    return out;
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    PHIWIRE_RETURN_IF_ERROR(CheckEdits(record, edits));
    std::vector<Cell> cells;
    std::vector<Cell> rest;
    layout_.Cut(record, &cells, &rest);
    cells.insert(cells.end(), rest.begin(), rest.end());
    std::sort(cells.begin(), cells.end(),
              [](const Cell& a, const Cell& b) { return a.begin < b.begin; });
    std::string out;
    out.reserve(record.size());
    std::size_t copied = 0;
    std::size_t next = 0;
    for (const Cell& cell : cells) {
      const std::size_t first = next;
      while (next < edits.size() && edits[next].begin >= cell.begin &&
             edits[next].end <= cell.end) {
        ++next;
      }
      if (next == first) continue;
      out.append(record.substr(copied, cell.begin - copied));
      AppendCell(record, cell, edits.subspan(first, next - first), &out);
      copied = cell.end;
    }
    if (next != edits.size()) {
      return absl::InternalError(ToAbsl("an edit over the end of a column"));
    }
    out.append(record.substr(copied));
    return out;
  }

 private:
  // Fills the samples; gives the header row when there is one.
  static std::string Sample(const Layout& layout, std::string_view head,
                            bool whole, bool header, table::TableHead* table) {
    std::string first;
    std::vector<Cell> cells;
    std::vector<Cell> rest;
    std::size_t at = head.starts_with("\xEF\xBB\xBF") ? 3 : 0;
    for (std::size_t row = 0; row < kLookAheadRows && at < head.size(); ++row) {
      const std::size_t end = LineEnd(head, at);
      if (end == head.size() && !whole && row > 0) break;
      const std::string_view line = head.substr(at, end - at);
      at = end + 1;
      if (header && first.empty()) {
        first = line;
        continue;
      }
      layout.Cut(line, &cells, &rest);
      for (std::size_t i = 0; i < cells.size(); ++i) {
        table->samples[i].Add(
            line.substr(cells[i].begin, cells[i].end - cells[i].begin));
      }
    }
    return first;
  }

  std::size_t Size(std::string_view text) const {
    return layout_.in_bytes() ? text.size() : CountCharacters(text);
  }

  // The front of `text` that is `size` wide, never half a character.
  std::string_view Front(std::string_view text, std::size_t size) const {
    std::size_t at = 0;
    std::size_t width = 0;
    while (at < text.size()) {
      std::size_t end = at + 1;
      while (end < text.size() && Continues(text[end])) ++end;
      width += layout_.in_bytes() ? end - at : 1;
      if (width > size) break;
      at = end;
    }
    return text.substr(0, at);
  }

  // Replacements, each cut to the width of what it takes the place of when
  // `fitted`.
  std::string Edited(std::string_view record, const Cell& cell,
                     std::span<const Edit> edits, bool fitted) const {
    std::string out;
    std::size_t copied = cell.begin;
    for (const Edit& edit : edits) {
      out.append(record.substr(copied, edit.begin - copied));
      std::string text = edit.text;
      std::replace_if(
          text.begin(), text.end(),
          [](char c) { return c == '\n' || c == '\r' || c == '\t'; }, ' ');
      const std::size_t width =
          Size(record.substr(edit.begin, edit.end - edit.begin));
      out.append(fitted ? Front(text, width) : std::string_view(text));
      copied = edit.end;
    }
    return out.append(record.substr(copied, cell.end - copied));
  }

  // As wide as before: filled up with blanks, in front where the cell's own
  // blanks stood there.
  void AppendCell(std::string_view record, const Cell& cell,
                  std::span<const Edit> edits, std::string* out) const {
    const std::string_view before =
        record.substr(cell.begin, cell.end - cell.begin);
    const std::size_t width = Size(before);
    const bool right = before.starts_with(' ') && !before.ends_with(' ');
    std::string content = Edited(record, cell, edits, false);
    if (Size(content) > width) content = table::TrimBlanks(content);
    if (Size(content) > width) content = Edited(record, cell, edits, true);
    const std::string_view fitting = Front(content, width);
    const std::string fill(width - Size(fitting), ' ');
    if (right) out->append(fill);
    out->append(fitting);
    if (!right) out->append(fill);
  }

  Layout layout_;
  Plan plan_;
  std::string header_;
  // Of a reader that isn't opened yet.
  std::vector<SiteRule> site_;
  ColumnMap map_;
};

}  // namespace

NewReader NewFixedFormat(SiteRules site, ColumnMap columns) {
  std::unique_ptr<FormatReader> reader = std::make_unique<FixedReader>(
      std::vector<SiteRule>(site.begin(), site.end()), std::move(columns));
  return reader;
}

}  // namespace phiwire
