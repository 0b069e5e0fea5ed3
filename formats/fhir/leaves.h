// SPDX-License-Identifier: Apache-2.0
//
// What becomes of the leaves of a resource, by what their element is
// (elements.h) and by what stands beside them. docs/fhir.md has the rules.
//
// One a record, not thread-safe.

#ifndef PHIWIRE_FORMATS_FHIR_LEAVES_H_
#define PHIWIRE_FORMATS_FHIR_LEAVES_H_

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "absl/status/status.h"
#include "formats/fhir/elements.h"
#include "formats/fhir/extensions.h"
#include "formats/fhir/graph.h"
#include "formats/fhir/uris.h"
#include "formats/json/collector.h"
#include "formats/json/document.h"
#include "phiwire/types.h"

namespace phiwire::fhir {

// Where the walk is.
struct Place {
  std::string_view path;
  std::uint32_t object = 0;  // that holds the leaf
  std::size_t index = 0;     // in an array
  std::int32_t subject = -1;
  std::int32_t person = -1;
  std::string_view resource;  // its type
  ExtensionUse extension = ExtensionUse::kNone;
  bool photo = false;  // in an element of that name
  bool age = false;    // quantities are ages
  bool birth = false;  // dates are of birth or death
};

class Leaves {
 public:
  Leaves(const json::Document& doc, const Graph& graph, json::Collector* fields)
      : doc_(doc), graph_(graph), fields_(*fields) {}

  // A string or number.
  void Take(const json::Node& node, const Element& element, const Place& place);
  // A string or number of unknown meaning.
  void Unknown(const json::Node& node, const Place& place);
  void ByRule(const json::Node& node, const SiteRule& rule, const Place& place);

 private:
  void TakeSlot(const json::Node& node, Leaf leaf, const Place& place);
  void Text(const json::Node& node, const Place& place);
  Field& Slot(const json::Node& node, PhiType type, SlotGrammar grammar,
              const Place& place);
  void Named(const json::Node& node, PhiType type, const Place& place);
  void NamePartOf(const json::Node& node, NamePart part, const Place& place);
  void Number(const json::Node& node, const Place& place);
  void Date(const json::Node& node, const Element& element, const Place& place);
  void Code(const json::Node& node, const Place& place);
  void CodingCode(const json::Node& node, const Place& place);
  void Display(const json::Node& node, const Place& place);
  void ConceptText(const json::Node& node, const Place& place);
  void Uri(const json::Node& node, const Place& place, bool query);
  void Part(const json::Node& node, const UriPart& part, std::string_view text,
            const Place& place);
  void Id(const json::Node& node, const Place& place);
  void ReferenceDisplay(const json::Node& node, const Place& place);
  void Contact(const json::Node& node, const Place& place);
  void Identifier(const json::Node& node, const Place& place);
  void Base64(const json::Node& node, const Place& place);
  void Narrative(const json::Node& node, const Place& place);
  bool IsOldAge(const json::Node& node, const Place& place) const;

  bool NamesPerson(std::uint32_t reference) const;
  bool HasStandardSystem(std::uint32_t object);

  const json::Document& doc_;
  const Graph& graph_;
  json::Collector& fields_;
  std::uint32_t system_of_ = 0;  // the object whose system was looked at last
  bool standard_ = false;
};

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_LEAVES_H_
