// SPDX-License-Identifier: Apache-2.0
//
// The fields of one log entry: by the dialect its content shows (docs/log.md).
// A line that is a JSON object is read as JSON, any other as text with parts.
// Pure functions, safe from any thread.

#ifndef PHIWIRE_FORMATS_LOG_ENTRY_READER_H_
#define PHIWIRE_FORMATS_LOG_ENTRY_READER_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "formats/log/keys.h"

namespace phiwire::log {

RecordFields ReadEntry(std::string_view entry, const json::KeyClasses* known);

// The keys of a file's first entries.
json::KeyClasses LearnKeys(std::string_view head);

// nullopt: the entry is no JSON object.
std::optional<RecordFields> ReadJsonEntry(std::string_view entry,
                                          const json::KeyClasses* known);

// The entry with the edits. Line ends become blanks, so that no replacement
// begins an entry; inside double quotes, SQL literals and the targets of
// requests they are escaped as these are.
absl::StatusOr<std::string> WriteEdits(std::string_view entry,
                                       std::span<const Edit> edits);

}  // namespace phiwire::log

#endif  // PHIWIRE_FORMATS_LOG_ENTRY_READER_H_
