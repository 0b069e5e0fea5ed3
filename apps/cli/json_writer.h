// SPDX-License-Identifier: Apache-2.0
//
// Appends JSON to a string. Small on purpose: the output is one fixed shape,
// {"id":...,"spans":[...]}, written millions of times.

#ifndef PHIWIRE_APPS_CLI_JSON_WRITER_H_
#define PHIWIRE_APPS_CLI_JSON_WRITER_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "apps/cli/offsets.h"
#include "phiwire/finding.h"

namespace phiwire::cli {

// A quoted JSON string; `text` is valid UTF-8 and is kept so.
void AppendJsonString(std::string_view text, std::string* out);

// At most four decimals, no trailing zeros: 0.97, 1, 0.1234.
void AppendJsonNumber(double value, std::string* out);

// {"id":ID,"spans":[{"start":..,"end":..,"type":"..","score":..}]} and a
// newline. `id` is raw JSON. Findings are sorted.
void AppendSpansLine(std::string_view id, std::span<const Finding> findings,
                     OffsetConverter offsets, std::string* out);

// {"id":ID,"spans":[],"error":"DATA_LOSS"} and a newline.
void AppendErrorLine(std::string_view id, absl::StatusCode code,
                     std::string* out);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_JSON_WRITER_H_
