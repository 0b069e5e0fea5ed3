// SPDX-License-Identifier: Apache-2.0
//
// What the keys of log lines say of their values: what is a log's own (level,
// logger, request id, time) and, for the rest, what the names of columns say
// (formats/table/column_names.h), remembered. A file's reader learns the keys
// of its first bytes and is immutable from then on; an entry keeps what else it
// meets to itself.

#ifndef PHIWIRE_FORMATS_LOG_KEYS_H_
#define PHIWIRE_FORMATS_LOG_KEYS_H_

#include <cstdint>
#include <string_view>

#include "formats/json/key_classes.h"
#include "formats/table/column_names.h"

namespace phiwire::log {

enum class KeyUse : std::uint8_t {
  kText,     // scanned
  kOwn,      // a log's own: level, logger, thread, duration
  kTime,     // when the line was written
  kRequest,  // ids of requests, traces, spans
  kKeep,     // codes and measurements, as in tables
  kSlot,
};

struct Key {
  KeyUse use = KeyUse::kText;
  ColumnRule rule;  // kSlot only
};

class Keys {
 public:
  // Keys are looked up in `base` first; it may be null.
  explicit Keys(const json::KeyClasses* base = nullptr) : classes_(base) {}

  Key Of(std::string_view name);
  const json::KeyClasses& classes() const { return classes_; }

 private:
  json::KeyClasses classes_;
};

}  // namespace phiwire::log

#endif  // PHIWIRE_FORMATS_LOG_KEYS_H_
