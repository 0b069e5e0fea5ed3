// SPDX-License-Identifier: Apache-2.0
//
// Python's view of characters, so that `phiwire eval` agrees with scorers
// written in Python: str.isalnum, str.isspace. Python 3.11 knows Unicode 14,
// ICU 72 Unicode 15: the letters added in between differ.

#ifndef PHIWIRE_APPS_CLI_EVAL_CHARACTERS_H_
#define PHIWIRE_APPS_CLI_EVAL_CHARACTERS_H_

#include <string>
#include <string_view>

namespace phiwire::cli {

bool IsAlnum(char32_t c);
bool IsSpace(char32_t c);

// `utf8` is valid.
std::u32string ToCodePoints(std::string_view utf8);
std::string Utf8Of(std::u32string_view text);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_EVAL_CHARACTERS_H_
