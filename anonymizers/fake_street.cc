// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "anonymizers/fake_place.h"
#include "anonymizers/person_name.h"
#include "anonymizers/place_words.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

// "5th": the name of a street, not its number.
bool IsOrdinal(std::string_view plain) {
  if (plain.size() < 3 || !IsDigit(plain[0])) return false;
  const std::string_view end = plain.substr(plain.size() - 2);
  return end == "st" || end == "nd" || end == "rd" || end == "th";
}

}  // namespace

StreetAddress::StreetAddress(std::string_view surface)
    : surface_(surface), cut_(CutPlace(surface)) {
  roles_.reserve(cut_.words.size());
  bool after_unit = false;
  for (const PlaceWord& word : cut_.words) {
    roles_.push_back(RoleOf(word, after_unit));
    after_unit = roles_.back() == Role::kUnit;
  }
  FindName();
}

StreetAddress::Role StreetAddress::RoleOf(const PlaceWord& word,
                                          bool after_unit) {
  if (std::any_of(word.text.begin(), word.text.end(), IsDigit)) {
    return IsOrdinal(word.plain) ? Role::kName : Role::kNumber;
  }
  if (word.text == "#" || IsUnit(word.plain)) return Role::kUnit;
  if (after_unit && word.text.size() <= 2) return Role::kNumber;
  if (IsDirection(word.plain)) return Role::kDirection;
  return IsStreetKind(word.plain) ? Role::kKind : Role::kName;
}

// "Court Street", "12 North Ave": the first is the name.
void StreetAddress::FindName() {
  if (std::find(roles_.begin(), roles_.end(), Role::kName) != roles_.end()) {
    return;
  }
  for (std::size_t i = 0; i + 1 < roles_.size(); ++i) {
    const bool name =
        roles_[i] == Role::kKind ||
        (roles_[i] == Role::kDirection && cut_.words[i].text.size() > 2);
    if (name && roles_[i + 1] == Role::kKind) {
      roles_[i] = Role::kName;
      return;
    }
  }
}

std::string StreetAddress::key() const {
  std::string key;
  for (std::size_t i = 0; i < roles_.size(); ++i) {
    if (roles_[i] == Role::kName) key += cut_.words[i].plain;
  }
  return key;
}

std::string StreetAddress::Fake(FakeStream& name, FakeStream& rest) const {
  bool named = false;
  bool dropped = false;
  std::string out;
  out.reserve(surface_.size() + 16);
  for (std::size_t i = 0; i < cut_.words.size(); ++i) {
    const PlaceWord& word = cut_.words[i];
    dropped = roles_[i] == Role::kName && named;
    if (dropped) continue;  // one name for all of its words
    out += word.between;
    if (roles_[i] == Role::kName) {
      named = true;
      AppendLike(PickOther(FakeKind::kStreet, key(), name), surface_, out);
      continue;
    }
    if (roles_[i] == Role::kNumber) {
      out += FakeShape(word.text, rest);
    } else {
      out += word.text;
    }
    out += word.dots;
  }
  if (!dropped) out += cut_.rest;
  return out;
}

}  // namespace phiwire
