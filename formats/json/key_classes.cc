// SPDX-License-Identifier: Apache-2.0

#include "formats/json/key_classes.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "base/strings.h"

namespace phiwire::json {
namespace {

// A hostile file may have any number of names.
constexpr std::size_t kMostNames = 4096;

// Names that say little without the object they are in: hospital.name.
bool NeedsParent(std::string_view name, const ColumnClass& of) {
  constexpr std::string_view kBare[] = {"name",  "number", "no",    "value",
                                        "first", "last",   "given", "family",
                                        "title", "text",   "type"};
  return of.use == ColumnUse::kUnknown || of.subject_rank == 1 ||
         std::find(std::begin(kBare), std::end(kBare), name) != std::end(kBare);
}

ColumnClass Classify(std::string_view parent, std::string_view name) {
  ColumnClass alone = ClassifyColumnName(name);
  if (parent.empty() || !NeedsParent(name, alone)) return alone;
  ColumnClass both = ClassifyColumnName(Concat({parent, ".", name}));
  return both.use == ColumnUse::kUnknown ? alone : both;
}

}  // namespace

const KeyClass* KeyClasses::Find(std::uint64_t key, std::string_view parent,
                                 std::string_view name) const {
  const auto it = classes_.find(key);
  if (it == classes_.end()) return nullptr;
  const std::string_view names = it->second.names;
  const bool same = names.size() == parent.size() + 1 + name.size() &&
                    names.starts_with(parent) && names.ends_with(name);
  return same ? &it->second : nullptr;
}

ColumnClass KeyClasses::Of(std::string_view parent, std::uint32_t parent_hash,
                           std::string_view name, std::uint32_t hash) {
  const std::uint64_t key = (std::uint64_t{parent_hash} << 32) | hash;
  if (base_ != nullptr) {
    if (const KeyClass* known = base_->Find(key, parent, name)) {
      return known->of;
    }
  }
  if (const KeyClass* known = Find(key, parent, name)) return known->of;
  if (classes_.size() >= kMostNames) classes_.clear();
  KeyClass& made = classes_[key];
  made = {Concat({parent, ".", name}), Classify(parent, name)};
  return made.of;
}

}  // namespace phiwire::json
