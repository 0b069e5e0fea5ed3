// SPDX-License-Identifier: Apache-2.0
//
// RTF bytes cut into tokens. Offsets are bytes of the record.
//
//   NextToken("\\b0 x", 0)  a word "b", number 0, [0, 4)
//
// kDataLoss for what is no RTF: a backslash at the end, a word of over 32
// letters, a number of over 10 digits, \' without two digits. Pure.

#ifndef PHIWIRE_FORMATS_RTF_TOKENS_H_
#define PHIWIRE_FORMATS_RTF_TOKENS_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::rtf {

struct Token {
  enum class Kind : std::uint8_t {
    kText,     // bytes that are text
    kOpen,     // {
    kClose,    // }
    kLineEnd,  // bare line ends and NULs: nothing
    kWord,     // \name[-]N, with the blank that ends it
    kSymbol,   // \c: `name` is the character
    kHex,      // \'hh: `number` is the byte
  };
  Kind kind = Kind::kText;
  std::size_t begin = 0;
  std::size_t end = 0;
  std::string_view name;
  bool has_number = false;
  long number = 0;
  std::size_t number_begin = 0;  // where the number stands, with its sign
  std::size_t number_end = 0;
};

// "rtf: REASON at bytes B-E".
absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end);

// The token at `at` < record.size().
absl::StatusOr<Token> NextToken(std::string_view record, std::size_t at);

// Whether a control word ends at `at` without a blank behind it, so that
// letters put there would become part of it.
bool EndsOpenWord(std::string_view record, std::size_t at);

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_TOKENS_H_
