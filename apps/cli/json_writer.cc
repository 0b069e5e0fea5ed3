// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/json_writer.h"

#include <charconv>
#include <cmath>
#include <system_error>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

void AppendSize(std::size_t value, std::string* out) {
  char buffer[24];
  const auto end = std::to_chars(buffer, buffer + sizeof(buffer), value).ptr;
  out->append(buffer, end);
}

void AppendEscaped(unsigned char c, std::string* out) {
  static constexpr char kHex[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out->append("\\\"");
      return;
    case '\\':
      out->append("\\\\");
      return;
    case '\n':
      out->append("\\n");
      return;
    case '\r':
      out->append("\\r");
      return;
    case '\t':
      out->append("\\t");
      return;
    default:
      out->append("\\u00");
      out->push_back(kHex[c >> 4]);
      out->push_back(kHex[c & 15]);
  }
}

}  // namespace

void AppendJsonString(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char ch : text) {
    const auto c = static_cast<unsigned char>(ch);
    if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
      AppendEscaped(c, out);
    } else {
      out->push_back(ch);
    }
  }
  out->push_back('"');
}

void AppendJsonNumber(double value, std::string* out) {
  if (!std::isfinite(value)) {
    out->append("null");
    return;
  }
  char buffer[32];
  const auto result = std::to_chars(buffer, buffer + sizeof(buffer), value,
                                    std::chars_format::fixed, 4);
  if (result.ec != std::errc()) {  // beyond 10^26: nothing of ours is
    out->append("null");
    return;
  }
  std::string_view digits(buffer,
                          static_cast<std::size_t>(result.ptr - buffer));
  while (digits.back() == '0') digits.remove_suffix(1);
  if (digits.back() == '.') digits.remove_suffix(1);
  out->append(digits == "-0" ? "0" : digits);
}

void AppendSpansLine(std::string_view id, std::span<const Finding> findings,
                     OffsetConverter offsets, std::string* out) {
  out->append("{\"id\":").append(id).append(",\"spans\":[");
  bool first = true;
  for (const Finding& finding : findings) {
    out->append(first ? "{\"start\":" : ",{\"start\":");
    first = false;
    AppendSize(offsets.At(finding.begin), out);
    out->append(",\"end\":");
    AppendSize(offsets.At(finding.end), out);
    out->append(",\"type\":\"").append(TypeName(finding.type));
    out->append("\",\"score\":");
    AppendJsonNumber(finding.score, out);
    out->push_back('}');
  }
  out->append("]}\n");
}

void AppendErrorLine(std::string_view id, absl::StatusCode code,
                     std::string* out) {
  out->append("{\"id\":").append(id).append(",\"spans\":[],\"error\":\"");
  out->append(absl::StatusCodeToString(code));
  out->append("\"}\n");
}

}  // namespace phiwire::cli
