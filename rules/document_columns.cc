// SPDX-License-Identifier: Apache-2.0
//
// Part of DocumentView: tables in text, line by line.

#include <cstdint>

#include "base/ask_ahead.h"
#include "base/computed.h"
#include "rules/document_view.h"

namespace phiwire {

void DocumentView::BuildColumns() {
  heads_.clear();
  columns_.clear();
  for (const std::uint32_t line : rows_) BuildColumns(line);
}

void DocumentView::BuildColumns(std::size_t l) {
  constexpr std::size_t kAhead = 128;  // tokens
  const auto& tokens = document_->tokens;
  if (columns_.empty()) columns_.resize(tokens.size());
  Line& line = lines_[l];
  if (l > 0 && lines_[l - 1].delimiter == line.delimiter &&
      lines_[l - 1].delimiters + 2 >= line.delimiters &&
      line.delimiters + 2 >= lines_[l - 1].delimiters) {
    line.header = lines_[l - 1].header;
  }
  std::uint32_t cell = 0;
  const bool own = line.header == l;
  if (own) heads_.assign(line.last - line.first + 1, 0);
  // A segment-like first cell ("PID|...") is part of what a cell means.
  const Token& lead = tokens[line.first];
  const std::uint32_t segment =
      line.delimiter == '|' && lead.letter_case == Case::kUpper &&
              lead.end - lead.begin == 3
          ? lead.hash
      : lead.kind == TokenKind::kMixed && lead.end - lead.begin == 3 &&
              line.delimiter == '|'
          ? lead.hash
          : 0;
  const bool tabs = line.delimiter == '\t';
  for (std::size_t i = line.first; i < line.last; ++i) {
    const Token& t = tokens[i];
    AskAhead(&t, kAhead);
    AskAheadToWrite(&columns_[i], kAhead);
    const bool step = tabs ? i > line.first && t.space_before &&
                                 document_->text[t.begin - 1] == '\t'
                           : t.symbol == line.delimiter;
    cell += step;
    if (own) {
      heads_[cell] = Chosen(t.kind == TokenKind::kWord, t.hash, heads_[cell]);
    }
    if (segment != 0) {
      columns_[i] = segment * 31 + cell;
    } else if (!own && cell < heads_.size()) {
      columns_[i] = heads_[cell];
    }
  }
  if (own) heads_.resize(cell + 1);
}

}  // namespace phiwire
