// SPDX-License-Identifier: Apache-2.0

#include "policy/roster_csv.h"

#include <algorithm>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

std::string_view Trim(std::string_view s) {
  const std::size_t begin = s.find_first_not_of(" \t");
  if (begin == s.npos) return {};
  return s.substr(begin, s.find_last_not_of(" \t") - begin + 1);
}

}  // namespace

absl::Status RosterCsv::Error(std::size_t column,
                              std::string_view reason) const {
  const std::string where =
      column == 0 ? std::string()
                  : Concat({" column ", std::to_string(column), ":"});
  return absl::InvalidArgumentError(
      Concat({file_, ":", std::to_string(line_), ":", where, " ", reason}));
}

bool RosterCsv::AtLineEnd() const {
  return at_ >= text_.size() || text_[at_] == '\n' ||
         (text_[at_] == '\r' &&
          (at_ + 1 >= text_.size() || text_[at_ + 1] == '\n'));
}

void RosterCsv::SkipLineEnd() {
  if (at_ < text_.size() && text_[at_] == '\r') ++at_;
  if (at_ < text_.size() && text_[at_] == '\n') ++at_;
  ++next_line_;
}

absl::Status RosterCsv::ReadQuoted(std::size_t column, std::string* cell) {
  while (true) {
    const std::size_t quote = text_.find('"', at_);
    if (quote == text_.npos) return Error(column, "a quote is never closed");
    const std::string_view part = text_.substr(at_, quote - at_);
    cell->append(part);
    next_line_ +=
        static_cast<std::size_t>(std::count(part.begin(), part.end(), '\n'));
    at_ = quote + 1;
    if (at_ >= text_.size() || text_[at_] != '"') break;
    cell->push_back('"');
    ++at_;
  }
  if (!AtLineEnd() && text_[at_] != ',') {
    return Error(column, "text behind a closing quote");
  }
  return absl::OkStatus();
}

absl::Status RosterCsv::ReadCell(std::size_t column, std::string* cell) {
  cell->clear();
  if (at_ < text_.size() && text_[at_] == '"') {
    ++at_;
    PHIWIRE_RETURN_IF_ERROR(ReadQuoted(column, cell));
  } else {
    const std::size_t begin = at_;
    while (!AtLineEnd() && text_[at_] != ',') {
      if (text_[at_] == '"') {
        return Error(column, "a quote inside a cell without quotes");
      }
      if (text_[at_] == '\r') return Error(column, "a CR without its LF");
      ++at_;
    }
    cell->assign(text_.substr(begin, at_ - begin));
  }
  *cell = std::string(Trim(*cell));
  return absl::OkStatus();
}

absl::Status RosterCsv::Next(std::vector<std::string>* row) {
  row->clear();
  while (at_ < text_.size() && AtLineEnd()) SkipLineEnd();
  if (at_ >= text_.size()) return absl::OkStatus();
  line_ = next_line_;
  while (true) {
    std::string& cell = row->emplace_back();
    PHIWIRE_RETURN_IF_ERROR(ReadCell(row->size(), &cell));
    if (AtLineEnd()) break;
    ++at_;  // the comma
  }
  SkipLineEnd();
  return absl::OkStatus();
}

}  // namespace phiwire
