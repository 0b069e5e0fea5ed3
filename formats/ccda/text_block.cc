// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/text_block.h"

#include <algorithm>

#include "base/ascii.h"
#include "formats/ccda/values.h"
#include "formats/xml/reference.h"

namespace phiwire::ccda {
namespace {

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

int Strength(char separator) {
  switch (separator) {
    case '\n':
      return 3;
    case '\t':
      return 2;
    case ' ':
      return 1;
    default:
      return 0;
  }
}

// HL7's object identifiers name code systems and value sets; comments are full
// of them. Read as text their numbers would pass for addresses and phones.
constexpr std::string_view kOidStart = "2.16.840.1.11";

// Whether the bytes are not the text they stand for.
bool NeedsDecoding(std::string_view piece, bool references) {
  const auto has = [&](char c) {
    return piece.find(c) != std::string_view::npos;
  };
  return has('\n') || has('\r') || (references && has('&')) ||
         piece.find(kOidStart) != std::string_view::npos;
}

// The public object identifier in `text` from `at` on; empty when none is.
RecordRange FindOid(std::string_view text, std::size_t at) {
  for (at = text.find(kOidStart, at); at != std::string_view::npos;
       at = text.find(kOidStart, at + 1)) {
    std::size_t end =
        std::min(text.find_first_not_of("0123456789.", at), text.size());
    while (text[end - 1] == '.') --end;
    const bool whole =
        at == 0 || !(IsDigit(text[at - 1]) || text[at - 1] == '.');
    if (whole && IsPublicOid(text.substr(at, end - at))) return {at, end};
  }
  return {text.size(), text.size()};
}

}  // namespace

void TextBlock::Break(char separator) {
  if (Strength(separator) > Strength(separator_)) separator_ = separator;
}

void TextBlock::Add(RecordRange raw, bool references) {
  RecordRange piece = raw;
  while (piece.begin < raw.end && IsBlank(document_[piece.begin])) {
    ++piece.begin;
  }
  if (piece.begin == raw.end) return Break(' ');
  while (IsBlank(document_[piece.end - 1])) --piece.end;
  if (piece.begin > raw.begin) Break(' ');
  if (pieces_ == 0) {
    first_ = piece;
    first_references_ = references;
  } else {
    if (pieces_ == 1) Append(first_, first_references_);
    if (separator_ != '\0') {
      text_.Separate(separator_, end_, piece.begin);
    } else {
      text_.Gap(end_, piece.begin);
    }
    Append(piece, references);
  }
  ++pieces_;
  end_ = piece.end;
  separator_ = '\0';
  if (piece.end < raw.end) Break(' ');
}

void TextBlock::Append(RecordRange piece, bool references) {
  const std::string_view front = document_.substr(0, piece.end);
  std::size_t at = piece.begin;
  const auto copy = [&](std::size_t to) {
    while (at < to) {
      const RecordRange oid = FindOid(document_.substr(0, to), at);
      if (references) {
        xml::Decode(document_, at, oid.begin, &text_);
      } else {
        text_.Copy(document_.substr(at, oid.begin - at), at);
      }
      if (oid.begin < to) text_.Separate('.', oid.begin, oid.end);
      at = oid.end;
    }
  };
  while (true) {
    std::size_t line = at;
    while (line < piece.end && front[line] != '\n' && front[line] != '\r') {
      ++line;
    }
    if (line == piece.end) return copy(line);
    std::size_t end = line + 1;
    while (IsBlank(document_[end])) ++end;  // a piece ends with no blank
    while (line > at && IsBlank(document_[line - 1])) --line;
    copy(line);
    text_.Put("\n", line);
    at = end;
  }
}

void TextBlock::Close(Field* field) {
  field->begin = first_.begin;
  field->end = end_;
  if (pieces_ == 1) {
    const std::string_view piece =
        document_.substr(first_.begin, first_.end - first_.begin);
    if (NeedsDecoding(piece, first_references_)) {
      Append(first_, first_references_);
    }
  }
  if (!text_.empty()) text_.Finish(end_, field);
  pieces_ = 0;
  separator_ = '\0';
}

}  // namespace phiwire::ccda
