// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/delimiters.h"

#include <string>

#include "base/strings.h"

namespace phiwire::hl7v2 {
namespace {

constexpr std::size_t kNameSize = 3;
constexpr std::size_t kMaxEncoding = 5;

bool IsPunctuation(char c) {
  return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') ||
         (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

bool AllDistinctPunctuation(std::string_view chars) {
  for (std::size_t i = 0; i < chars.size(); ++i) {
    if (!IsPunctuation(chars[i])) return false;
    if (chars.find(chars[i], i + 1) != std::string_view::npos) return false;
  }
  return true;
}

// The default for a role MSH-2 leaves out, unless it has another role.
char Default(char wanted, std::string_view declared) {
  return declared.find(wanted) == std::string_view::npos ? wanted : '\0';
}

}  // namespace

absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end) {
  return absl::DataLossError(
      ToAbsl(Concat({"hl7: ", reason, " at bytes ", std::to_string(begin), "-",
                     std::to_string(end)})));
}

absl::StatusOr<Delimiters> ParseDelimiters(std::string_view header,
                                           std::size_t base) {
  const std::size_t whole = base + header.size();
  if (header.size() < kNameSize + 2) {
    return Refuse("header without delimiters", base, whole);
  }
  Delimiters d;
  d.field = header[kNameSize];
  const std::string_view rest = header.substr(kNameSize + 1);
  const std::string_view encoding = rest.substr(0, rest.find(d.field));
  const std::size_t end = base + kNameSize + 1 + encoding.size();
  if (encoding.empty()) {
    return Refuse("header without delimiters", base, end);
  }
  if (encoding.size() > kMaxEncoding) {
    return Refuse("too many delimiters", base, end);
  }
  const std::string_view declared =
      header.substr(kNameSize, encoding.size() + 1);
  if (!AllDistinctPunctuation(declared)) {
    return Refuse("conflicting or impossible delimiters", base, end);
  }
  d.component = encoding[0];
  d.repetition = encoding.size() > 1 ? encoding[1] : Default('~', declared);
  // Some senders drop the escape character ("^~&"); the default in its place
  // makes the third character the subcomponent delimiter with certainty.
  if (encoding.size() == 3 && encoding[2] != '\\' && encoding[2] != '&') {
    return Refuse("third delimiter of unclear role", base, end);
  }
  const bool escape_left_out = encoding.size() == 3 && encoding[2] == '&';
  d.has_escape = encoding.size() > 2 && !escape_left_out;
  d.escape = d.has_escape ? encoding[2] : Default('\\', declared);
  d.subcomponent = encoding.size() > 3 ? encoding[3]
                   : escape_left_out   ? '&'
                                       : Default('&', declared);
  if (encoding.size() > 4) d.truncation = encoding[4];
  return d;
}

}  // namespace phiwire::hl7v2
