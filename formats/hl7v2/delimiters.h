// SPDX-License-Identifier: Apache-2.0
//
// The delimiters a message declares in MSH-1 and MSH-2 (FHS and BHS alike),
// HL7 v2.8 section 2.5.4. Any distinct ASCII punctuation is taken; the fifth
// character is 2.7's truncation character. A character MSH-2 leaves out falls
// back to HL7's own (^ ~ \ & #): cutting a leaf too finely is safe, reading
// one through an undeclared delimiter is not.
//
// Refused (kDataLoss): no MSH-2, a delimiter twice, a letter, digit, blank or
// control as delimiter, and a third character whose role is not certain.

#ifndef PHIWIRE_FORMATS_HL7V2_DELIMITERS_H_
#define PHIWIRE_FORMATS_HL7V2_DELIMITERS_H_

#include <cstddef>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::hl7v2 {

struct Delimiters {
  char field = '|';
  char component = '^';
  char repetition = '~';
  char escape = '\\';
  char subcomponent = '&';
  char truncation = '\0';  // '\0': none
  // Whether the message itself names an escape character. When not, text that
  // holds a delimiter can't be escaped and gets a space in its place.
  bool has_escape = true;

  bool Separates(char c) const {
    return c == field || c == component || c == repetition || c == subcomponent;
  }
};

// `header` is the first segment without its line end: "MSH|^~\&|...".
// `base` is its offset, for the byte range of errors.
absl::StatusOr<Delimiters> ParseDelimiters(std::string_view header,
                                           std::size_t base);

// "hl7: REASON at bytes BEGIN-END": reasons are static texts.
absl::Status Refuse(std::string_view reason, std::size_t begin,
                    std::size_t end);

}  // namespace phiwire::hl7v2

#endif  // PHIWIRE_FORMATS_HL7V2_DELIMITERS_H_
