// SPDX-License-Identifier: Apache-2.0

#include "formats/table/rows.h"

#include <algorithm>
#include <cstring>

#include "base/strings.h"

namespace phiwire::table {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

bool IsLineEnd(char c) { return c == '\n' || c == '\r'; }

std::size_t FindIn(std::string_view text, char c, std::size_t from) {
  if (from >= text.size()) return text.size();
  const void* at = std::memchr(text.data() + from, c, text.size() - from);
  return at == nullptr ? text.size()
                       : static_cast<std::size_t>(static_cast<const char*>(at) -
                                                  text.data());
}

absl::Status Refused(std::string_view reason, std::size_t begin,
                     std::size_t end) {
  return absl::DataLossError(Concat(
      {reason, " at bytes ", std::to_string(begin), "-", std::to_string(end)}));
}

// Behind the quote that closes the one before `from`; the text's size when
// none does.
std::size_t BehindClosing(std::string_view text, std::size_t from, bool* closed,
                          bool* doubled) {
  while (true) {
    const std::size_t quote = FindIn(text, '"', from);
    *closed = quote < text.size();
    if (!*closed) return text.size();
    if (quote + 1 >= text.size() || text[quote + 1] != '"') return quote + 1;
    *doubled = true;
    from = quote + 2;
  }
}

}  // namespace

std::size_t RowScanner::Find(char c, std::size_t from) const {
  return FindIn(text_, c, from);
}

std::size_t RowScanner::Remembered(char c, std::size_t from,
                                   NextPlace* next) const {
  return next->From(from, [&](std::size_t at) { return Find(c, at); });
}

std::size_t RowScanner::QuotedRowEnd(std::size_t begin) const {
  std::size_t at = begin;
  bool cell_begins = true;
  while (at < text_.size()) {
    const char c = text_[at];
    if (cell_begins && c == '"') {
      bool closed = false;
      bool doubled = false;
      const std::size_t end = BehindClosing(text_, at + 1, &closed, &doubled);
      if (end - begin > kLongestRow) {
        const std::size_t most = begin + kLongestRow;
        const std::size_t stop = std::min(Find('\n', most), Find('\r', most));
        // Closed before that line ended: no worse than any long row.
        if (stop < end || !closed) return stop;
      }
      at = end;
      cell_begins = false;
      continue;
    }
    if (IsLineEnd(c)) return at;
    cell_begins = c == separator_;
    ++at;
  }
  return at;
}

std::size_t RowScanner::RowEnd(std::size_t begin) {
  const std::size_t line = Remembered('\n', begin, &next_line_);
  const std::size_t quote = Remembered('"', begin, &next_quote_);
  if (quote < line) return QuotedRowEnd(begin);
  return std::min(line, Remembered('\r', begin, &next_return_));
}

bool RowScanner::Next(RecordRange* row, bool* ended) {
  while (at_ < text_.size()) {
    std::size_t begin = at_;
    while (text_.substr(begin).starts_with(kBom)) begin += kBom.size();
    const std::size_t end = RowEnd(begin);
    *ended = end < text_.size();
    at_ = end;
    if (*ended) {
      const bool two = text_.substr(end).starts_with("\r\n");
      at_ += two ? 2 : 1;
    }
    if (begin == end) continue;
    *row = {begin, end};
    return true;
  }
  return false;
}

absl::Status SplitCells(std::string_view row, char separator,
                        std::vector<Cell>* cells) {
  cells->clear();
  std::size_t at = 0;
  while (true) {
    Cell cell;
    if (at < row.size() && row[at] == '"') {
      cell.quoted = true;
      cell.begin = at + 1;
      bool closed = false;
      const std::size_t end =
          BehindClosing(row, cell.begin, &closed, &cell.doubled);
      if (!closed) return Refused("a quote is never closed", at, row.size());
      if (end < row.size() && row[end] != separator) {
        return Refused("text behind a closing quote", at, end + 1);
      }
      cell.end = end - 1;
      at = end;
    } else {
      cell.begin = at;
      cell.end = at = FindIn(row, separator, at);
    }
    cells->push_back(cell);
    if (at >= row.size()) return absl::OkStatus();
    if (cells->size() == kMostCells) {
      return Refused("too many cells", 0, row.size());
    }
    ++at;  // the separator
  }
}

std::string CellText(std::string_view row, const Cell& cell) {
  std::string text(row.substr(cell.begin, cell.end - cell.begin));
  if (!cell.doubled) return text;
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    out += text[i];
    if (text[i] == '"') ++i;  // its twin
  }
  return out;
}

}  // namespace phiwire::table
