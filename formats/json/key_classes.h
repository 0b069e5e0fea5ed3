// SPDX-License-Identifier: Apache-2.0
//
// What the names of members say of their values (formats/table/column_names.h),
// remembered: a name costs a microsecond, and a file has few. A file's reader
// learns the names of its first bytes and is immutable from then on; a record
// keeps what else it meets to itself.

#ifndef PHIWIRE_FORMATS_JSON_KEY_CLASSES_H_
#define PHIWIRE_FORMATS_JSON_KEY_CLASSES_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "formats/table/column_names.h"

namespace phiwire::json {

struct KeyClass {
  std::string names;  // "parent.name", to tell two of one hash apart
  ColumnClass of;
};

class KeyClasses {
 public:
  // Names are looked up in `base` first; it may be null.
  explicit KeyClasses(const KeyClasses* base = nullptr) : base_(base) {}

  // Of a member `name` of the object that is `parent` ("" for the record).
  ColumnClass Of(std::string_view parent, std::uint32_t parent_hash,
                 std::string_view name, std::uint32_t hash);

 private:
  const KeyClass* Find(std::uint64_t key, std::string_view parent,
                       std::string_view name) const;

  const KeyClasses* base_;
  std::unordered_map<std::uint64_t, KeyClass> classes_;
};

}  // namespace phiwire::json

#endif  // PHIWIRE_FORMATS_JSON_KEY_CLASSES_H_
