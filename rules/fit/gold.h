// SPDX-License-Identifier: Apache-2.0
//
// Annotated documents: JSON lines of {"id", "text", "spans": [{"start", "end",
// "type"}]}, offsets in code points. Types are phiwire's names or one of a few
// others in use (MRN, IP, PAGER, PERSON, ...); OPTIONAL and types that are not
// PHI here are neither learned nor counted against.

#ifndef PHIWIRE_RULES_FIT_GOLD_H_
#define PHIWIRE_RULES_FIT_GOLD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "phiwire/types.h"

namespace phiwire {

struct GoldSpan {
  std::size_t begin = 0;  // bytes
  std::size_t end = 0;
  std::optional<PhiType> type;  // none: to be ignored
};

struct GoldDocument {
  std::string id;
  std::string text;
  std::vector<GoldSpan> spans;
};

// kInvalidArgument "FILE:LINE: what" for a bad line, an unknown type, a span
// out of range. No text stands in errors.
absl::StatusOr<std::vector<GoldDocument>> ReadGold(std::string_view path);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FIT_GOLD_H_
