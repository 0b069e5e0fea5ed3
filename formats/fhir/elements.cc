// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/elements.h"

#include <algorithm>
#include <cstddef>
#include <iterator>
#include <span>

#include "formats/fhir/elements_generated.h"

namespace phiwire::fhir {
namespace {

using generated::kElements;
using generated::kNames;
using generated::kTypes;

constexpr std::optional<TypeId> Find(std::string_view name) {
  std::size_t begin = 0;
  std::size_t end = std::size(kTypes);
  while (begin < end) {
    const std::size_t middle = (begin + end) / 2;
    if (kTypes[middle].name < name) {
      begin = middle + 1;
    } else {
      end = middle;
    }
  }
  if (begin == std::size(kTypes) || kTypes[begin].name != name) {
    return std::nullopt;
  }
  return static_cast<TypeId>(begin);
}

constexpr TypeId kDomainResource = *Find("DomainResource");
constexpr TypeId kExtension = *Find("Extension");

const Element* FindIn(TypeId type, std::uint32_t hash, std::string_view name) {
  const auto elements = std::span(kElements).subspan(
      kTypes[type].begin,
      static_cast<std::size_t>(kTypes[type].end - kTypes[type].begin));
  auto it = std::lower_bound(
      elements.begin(), elements.end(), hash,
      [](const Element& e, std::uint32_t h) { return e.hash < h; });
  for (; it != elements.end() && it->hash == hash; ++it) {
    if (std::string_view(kNames + it->name, it->size) == name) return &*it;
  }
  return nullptr;
}

// Of every element.
constexpr Element kExtensions = {0, 0, 0, Leaf::kType, false, kExtension};
constexpr Element kElementId = {0, 0, 0, Leaf::kCode, false, 0};

}  // namespace

std::optional<TypeId> FindType(std::string_view name) { return Find(name); }

const TypeEntry& TypeOf(TypeId type) { return kTypes[type]; }

const Element* FindElement(TypeId type, std::uint32_t hash,
                           std::string_view name) {
  if (const Element* own = FindIn(type, hash, name)) return own;
  if (name == "extension" || name == "modifierExtension") return &kExtensions;
  if (kTypes[type].resource) {
    return FindIn(kDomainResource, hash, name);
  }
  if (name == "id") return &kElementId;
  return nullptr;
}

}  // namespace phiwire::fhir
