// SPDX-License-Identifier: Apache-2.0
//
// Reads {"id","text",...} lines with simdjson. The id is kept as the raw JSON
// it was. Other keys are passed over; the line must be one JSON object.
//
// Threads: a JsonLineParser belongs to one thread.

#ifndef PHIWIRE_APPS_CLI_JSON_LINES_H_
#define PHIWIRE_APPS_CLI_JSON_LINES_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::cli {

struct JsonSpan {
  long long start = 0;
  long long end = 0;
  std::string type;
  double score = 1.0;  // absent: 1
};

struct JsonDocument {
  std::string id = "null";  // raw JSON; filled even on an error, if readable
  std::string text;
  std::vector<JsonSpan> spans;
  bool has_text = false;
};

class JsonLineParser {
 public:
  JsonLineParser();
  ~JsonLineParser();

  // Into *document (reset first). kInvalidArgument, without any content.
  // `with_spans`: the "spans" too, else they are passed over.
  absl::Status Parse(std::string_view line, bool with_spans,
                     JsonDocument* document);

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

// The raw id at the start of a line that can not be parsed; "null" if it
// is not the first key.
std::string IdOfHead(std::string_view head);

// A raw id as Python's str() shows it: a string's value, a number's digits.
absl::StatusOr<std::string> IdText(std::string_view raw);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_JSON_LINES_H_
