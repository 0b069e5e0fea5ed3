// SPDX-License-Identifier: Apache-2.0
//
// Rows of a CSV text as RFC 4180 has them: commas between cells, CRLF or LF
// between rows, cells with a comma, quote or line end in double quotes, quotes
// in them doubled. Strict: a quote anywhere else, or one never closed, is an
// error. Empty lines are passed over. Belongs to one thread.

#ifndef PHIWIRE_POLICY_ROSTER_CSV_H_
#define PHIWIRE_POLICY_ROSTER_CSV_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace phiwire {

class RosterCsv {
 public:
  // text must outlive this; file stands in errors.
  RosterCsv(std::string_view text, std::string_view file)
      : text_(text), file_(file) {}

  // The next row's cells, blanks around them cut off; *row is empty at the
  // end of the text.
  absl::Status Next(std::vector<std::string>* row);
  // "file:3: column 2: reason" of the last row; column 0: of the whole row.
  absl::Status Error(std::size_t column, std::string_view reason) const;

 private:
  absl::Status ReadCell(std::size_t column, std::string* cell);
  absl::Status ReadQuoted(std::size_t column, std::string* cell);
  bool AtLineEnd() const;
  void SkipLineEnd();

  std::string_view text_;
  std::string file_;
  std::size_t at_ = 0;
  std::size_t next_line_ = 1;
  std::size_t line_ = 1;  // where the last row begins
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ROSTER_CSV_H_
