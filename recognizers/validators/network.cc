// SPDX-License-Identifier: Apache-2.0

#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstring>

#include "base/ascii.h"
#include "recognizers/validators/validators.h"

namespace phiwire {
namespace {

bool IsLower(char c) { return c >= 'a' && c <= 'z'; }

}  // namespace

bool IsIpv4(std::string_view text) {
  std::array<char, INET_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size()) return false;
  std::memcpy(buffer.data(), text.data(), text.size());
  in_addr address{};
  return inet_pton(AF_INET, buffer.data(), &address) == 1;
}

bool IsIpv6(std::string_view text) {
  std::array<char, INET6_ADDRSTRLEN> buffer{};
  if (text.size() >= buffer.size()) return false;
  std::size_t digits = 0;
  for (char c : text) digits += c != ':' ? 1 : 0;
  if (digits < 4) return false;
  std::memcpy(buffer.data(), text.data(), text.size());
  in6_addr address{};
  return inet_pton(AF_INET6, buffer.data(), &address) == 1;
}

bool IsMixedHex(std::string_view text) {
  std::size_t digits = 0;
  for (char c : text) digits += IsDigit(c) ? 1 : 0;
  return digits >= 2 && digits + 2 <= text.size();
}

bool IsCodeShape(std::string_view text) {
  std::size_t digits = 0;
  std::size_t longest = 0;  // run of digits
  std::size_t run = 0;
  for (char c : text) {
    run = IsDigit(c) ? run + 1 : 0;
    digits += IsDigit(c) ? 1 : 0;
    longest = std::max(longest, run);
  }
  if (digits < 4) return false;
  // No part of a date has more than four digits.
  return longest > 4 || (!IsNumericDate(text) && !IsTextualDate(text));
}

bool IsLoginShape(std::string_view text) {
  // Words that clinicians number: "day3", "grade2", "stage4".
  constexpr std::array<std::string_view, 22> kCounted = {
      "day",   "grade", "stage", "type",  "phase", "level",  "week", "year",
      "part",  "room",  "bed",   "note",  "page",  "line",   "step", "time",
      "class", "covid", "node",  "table", "fig",   "chapter"};
  std::size_t letters = 0;
  while (letters < text.size() && IsLower(text[letters])) ++letters;
  for (std::string_view word : kCounted) {
    if (text.substr(0, letters) == word) return false;
  }
  return letters >= 4 && letters < text.size();
}

}  // namespace phiwire
