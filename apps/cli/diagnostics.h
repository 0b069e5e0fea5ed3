// SPDX-License-Identifier: Apache-2.0
//
// Messages to the user: on standard error, one line each, naming an input by
// ordinal, filtered path (names.h) and byte range, never by content.
//
//   phiwire: input 3 (notes/a.txt): refused: invalid UTF-8 at byte 17

#ifndef PHIWIRE_APPS_CLI_DIAGNOSTICS_H_
#define PHIWIRE_APPS_CLI_DIAGNOSTICS_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "phiwire/deidentifier.h"

namespace phiwire::cli {

// "phiwire: MESSAGE\n" to standard error, in one write.
void Say(std::string_view message);

// Control bytes of a raw path or a status must not reach a terminal or a table.
std::string Printable(std::string_view message);

// Says the status and gives kExitUsage.
int UsageError(const absl::Status& status);
int UsageError(std::string_view message);

// "input 3 (notes/a.txt): refused: REASON". `shown` may be empty.
std::string RefusedInput(std::size_t ordinal, std::string_view shown,
                         const absl::Status& status);

// "input 3 (feed.hl7): record 2, bytes 90-180: refused: REASON".
std::string RefusedRecord(std::size_t ordinal, std::string_view shown,
                          const Refusal& refusal);

// "input 3 (feed.hl7): record 2, bytes 90-180: OBX-5.5 removed: REASON".
std::string RemovedPart(std::size_t ordinal, std::string_view shown,
                        const Removal& removal);

// "input 3 (a.txt): taken as csv (unsure: REASON); --format says it".
std::string UnsureFormat(std::size_t ordinal, std::string_view shown,
                         std::string_view format, std::string_view reason);

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_DIAGNOSTICS_H_
