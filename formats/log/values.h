// SPDX-License-Identifier: Apache-2.0
//
// Values of an entry under a key: "user=jdoe", "name='Jane'", "?mrn=12", and
// what becomes of them by the key. Pure functions but for what they put.

#ifndef PHIWIRE_FORMATS_LOG_VALUES_H_
#define PHIWIRE_FORMATS_LOG_VALUES_H_

#include <cstddef>
#include <string_view>

#include "formats/log/keys.h"
#include "formats/log/parts.h"

namespace phiwire::log {

// How a value is written.
enum class Quoting : std::uint8_t {
  kNone,
  kBackslash,  // "a \"b\" c"
  kDoubled,    // 'O''Brien'
  kPercent,    // a%20b+c
};

// Puts the value [begin, end) (without its quotes) as its key says; false: it
// is left to the scan.
bool TakeValue(std::string_view key, std::size_t begin, std::size_t end,
               Quoting quoting, Keys* keys, Parts* parts);

// All "key=value" of [begin, end): logfmt, structured data, query strings, SQL
// comparisons.
void TakePairs(std::size_t begin, std::size_t end, Keys* keys, Parts* parts);

// INSERT INTO t (columns) VALUES (literals), (...); column LIKE 'literal'.
void TakeSql(std::size_t begin, std::size_t end, Keys* keys, Parts* parts);

// A request's target ("/patients/48213?name=Jane%20Doe"): ids in its path and
// pieces of percent-encoded text; the query is TakePairs'.
void TakeTarget(std::size_t begin, std::size_t end, Parts* parts);

// A line of the common or combined log format of web servers; false: it is
// none, and nothing is put.
bool TakeAccess(std::size_t end, Keys* keys, Parts* parts);

// A field's decoded text, when it has escapes.
void Decode(Quoting quoting, Parts* parts, Field* field);

}  // namespace phiwire::log

#endif  // PHIWIRE_FORMATS_LOG_VALUES_H_
