// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/leaves.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "formats/fhir/identifiers.h"
#include "formats/fhir/narrative.h"
#include "formats/fhir/values.h"
#include "formats/table/column_map.h"
#include "formats/table/column_names.h"

namespace phiwire::fhir {
namespace {

using json::Kind;
using json::Node;

// Whose display in a reference is a person's name, and whose a place's.
bool IsPerson(std::string_view type) {
  return type == "Patient" || type == "Practitioner" ||
         type == "PractitionerRole" || type == "RelatedPerson" ||
         type == "Person";
}
bool IsFacility(std::string_view type) {
  return type == "Organization" || type == "Location" ||
         type == "HealthcareService";
}

}  // namespace

void Leaves::Text(const Node& node, const Place& place) {
  if (node.kind == Kind::kString && node.end - node.begin == 2) return;
  fields_.Text(node, place.path).subject = place.subject;
}

Field& Leaves::Slot(const Node& node, PhiType type, SlotGrammar grammar,
                    const Place& place) {
  Field& field = fields_.Slot(node, type, grammar, place.path);
  field.subject = place.subject;
  return field;
}

// A slot that free text may stand in.
void Leaves::Named(const Node& node, PhiType type, const Place& place) {
  Slot(node, type, SlotGrammar::kFreeText, place);
  fields_.Known(type, fields_.TextOf(node));
}

void Leaves::NamePartOf(const Node& node, NamePart part, const Place& place) {
  Field& field = Slot(node, PhiType::kName, SlotGrammar::kFreeText, place);
  field.part = part;
  field.person = place.person;
  if (part != NamePart::kAffix) {
    fields_.Known(PhiType::kName, fields_.TextOf(node));
  }
}

void Leaves::Take(const Node& node, const Element& element,
                  const Place& place) {
  switch (element.leaf) {
    case Leaf::kType:
    case Leaf::kText:
      return Unknown(node, place);
    case Leaf::kKeep:
      return Number(node, place);
    case Leaf::kTime:
      return IsTimeOfDay(doc_.Raw(node)) ? void() : Text(node, place);
    case Leaf::kSamples:
      return IsSamples(doc_.Raw(node)) ? void() : Text(node, place);
    case Leaf::kCode:
      return Code(node, place);
    case Leaf::kUri:
    case Leaf::kReference:
      return Uri(node, place, false);
    case Leaf::kQuery:
      return Uri(node, place, true);
    case Leaf::kSlotId:
      return Id(node, place);
    case Leaf::kDate:
    case Leaf::kInstant:
      return Date(node, element, place);
    case Leaf::kBase64:
      return Base64(node, place);
    case Leaf::kXhtml:
      return Narrative(node, place);
    case Leaf::kCodingCode:
      return CodingCode(node, place);
    case Leaf::kDisplay:
      return Display(node, place);
    case Leaf::kConceptText:
      return ConceptText(node, place);
    case Leaf::kReferenceDisplay:
      return ReferenceDisplay(node, place);
    default:
      return TakeSlot(node, element.leaf, place);
  }
}

// Leaves that are of a type whatever stands beside them.
void Leaves::TakeSlot(const Node& node, Leaf leaf, const Place& place) {
  switch (leaf) {
    case Leaf::kFamily:
      return NamePartOf(node, NamePart::kFamily, place);
    case Leaf::kGiven:
      return NamePartOf(
          node, place.index == 0 ? NamePart::kGiven : NamePart::kMiddle, place);
    case Leaf::kAffix:
      return NamePartOf(node, NamePart::kAffix, place);
    case Leaf::kName:
      return NamePartOf(node, NamePart::kWhole, place);
    case Leaf::kStreet:
    case Leaf::kAddress:
      return Named(node, PhiType::kStreet, place);
    case Leaf::kCity:
      return Named(node, PhiType::kCity, place);
    case Leaf::kCounty:
      return Named(node, PhiType::kCounty, place);
    case Leaf::kZip:
      Slot(node, PhiType::kZip, SlotGrammar::kZip, place);
      return fields_.Known(PhiType::kZip, fields_.TextOf(node));
    case Leaf::kCountry:
      return IsPlaceName(doc_.Raw(node)) ? fields_.Keep(node, place.path)
                                         : Text(node, place);
    case Leaf::kContact:
      return Contact(node, place);
    case Leaf::kIdentifier:
      return Identifier(node, place);
    case Leaf::kFacility:
      return Named(node, PhiType::kFacility, place);
    case Leaf::kUsername:
      return Named(node, PhiType::kUsername, place);
    case Leaf::kDevice:
    case Leaf::kHealthPlan: {
      const PhiType type =
          leaf == Leaf::kDevice ? PhiType::kDevice : PhiType::kHealthPlan;
      Slot(node, type, SlotGrammar::kIdentifier, place);
      return fields_.Known(type, fields_.TextOf(node));
    }
    case Leaf::kIpAddress:
      Slot(node, PhiType::kIpAddress, SlotGrammar::kFreeText, place);
      return;
    case Leaf::kBiometric:
      Slot(node, PhiType::kBiometric, SlotGrammar::kEmpty, place);
      return;
    case Leaf::kPlaceNumber:
      Slot(node, PhiType::kLocation, SlotGrammar::kEmpty, place);
      return;
    case Leaf::kDrop:
      Slot(node, PhiType::kId, SlotGrammar::kEmpty, place);
      return;
    default:  // a leaf of a later table: scanned
      return Text(node, place);
  }
}

void Leaves::Unknown(const Node& node, const Place& place) {
  if (node.kind == Kind::kNumber) {
    if (!ColumnMayKeep(doc_.Raw(node))) Text(node, place);
    return;
  }
  switch (place.extension) {
    case ExtensionUse::kKeep:
      return fields_.Keep(node, place.path);
    case ExtensionUse::kName:
      return NamePartOf(node, NamePart::kWhole, place);
    case ExtensionUse::kStreet:
      return Named(node, PhiType::kStreet, place);
    default:
      return Text(node, place);
  }
}

void Leaves::ByRule(const Node& node, const SiteRule& rule,
                    const Place& place) {
  switch (rule.as) {
    case SiteRule::As::kText:
      return Text(node, place);
    case SiteRule::As::kKeep:
      return fields_.Keep(node, place.path);
    case SiteRule::As::kDrop:
      Slot(node, PhiType::kId, SlotGrammar::kEmpty, place);
      return;
    case SiteRule::As::kSlot: {
      const ColumnRule of = table::RuleOfType(rule.type);
      Field& field = Slot(node, of.type, of.grammar, place);
      field.spelling =
          of.type == PhiType::kDate ? Spelling::kIsoDate : of.spelling;
      return;
    }
  }
}

void Leaves::Number(const Node& node, const Place& place) {
  if (node.kind != Kind::kNumber) return Text(node, place);
  if (place.extension == ExtensionUse::kPlace) {
    Slot(node, PhiType::kLocation, SlotGrammar::kEmpty, place);
    return;
  }
  if (place.age && IsOldAge(node, place)) {
    Slot(node, PhiType::kAge, SlotGrammar::kEmpty, place);
    return;
  }
  // In what nobody has defined a long number is anybody's.
  if (place.extension == ExtensionUse::kByType || !IsMeasure(doc_.Raw(node))) {
    Unknown(node, place);
  }
}

bool Leaves::IsOldAge(const Node& node, const Place& place) const {
  std::string_view unit = doc_.MemberText(place.object, "code");
  if (unit.empty()) unit = doc_.MemberText(place.object, "unit");
  return IsOver89(doc_.Raw(node), unit);
}

void Leaves::Date(const Node& node, const Element& element,
                  const Place& place) {
  Field& field = Slot(node, PhiType::kDate, SlotGrammar::kHl7Date, place);
  field.spelling = element.leaf == Leaf::kInstant ? Spelling::kIsoInstant
                                                  : Spelling::kIsoDate;
  field.required = element.required;
  if (place.birth) fields_.KnownDay(doc_.Raw(node));
}

void Leaves::Code(const Node& node, const Place& place) {
  if (node.kind == Kind::kString && IsCode(doc_.Raw(node))) {
    return fields_.Keep(node, place.path);
  }
  Text(node, place);
}

// Asked for code and display of each coding.
bool Leaves::HasStandardSystem(std::uint32_t object) {
  if (system_of_ != object) {
    system_of_ = object;
    standard_ = IsStandard(doc_.MemberText(object, "system"));
  }
  return standard_;
}

void Leaves::CodingCode(const Node& node, const Place& place) {
  const std::string_view raw = doc_.Raw(node);
  if (IsStandard(raw)) return;
  if (HasStandardSystem(place.object) &&
      std::none_of(raw.begin(), raw.end(),
                   [](char c) { return c == ' ' || c == '@' || c == '\\'; }) &&
      raw.size() <= kMaxCode) {
    return;
  }
  Code(node, place);
}

void Leaves::Display(const Node& node, const Place& place) {
  if (HasStandardSystem(place.object)) {
    return fields_.Keep(node, place.path);
  }
  Unknown(node, place);
}

// The text of a standard's code, repeated, says no more than the code.
void Leaves::ConceptText(const Node& node, const Place& place) {
  const std::uint32_t list = doc_.Member(place.object, "coding");
  if (list != 0) {
    for (std::uint32_t i = list + 1; i < doc_.nodes[list].next;
         i = doc_.nodes[i].next) {
      if (doc_.nodes[i].kind == Kind::kObject &&
          doc_.MemberText(i, "display") == doc_.Raw(node) &&
          HasStandardSystem(i)) {
        return fields_.Keep(node, place.path);
      }
    }
  }
  Unknown(node, place);
}

void Leaves::Id(const Node& node, const Place& place) {
  if (doc_.Raw(node).empty() ||
      IsNameOfDefinition(place.resource, doc_.Raw(node))) {
    return;
  }
  Slot(node, PhiType::kId, SlotGrammar::kIdentifier, place).spelling =
      Spelling::kResourceId;
}

void Leaves::Uri(const Node& node, const Place& place, bool query) {
  if (node.kind != Kind::kString) return Text(node, place);
  if (!node.escaped && IsStandard(doc_.Raw(node))) return;
  const std::string_view text = fields_.TextOf(node);
  for (const UriPart& part : query ? PartsOfQuery(text) : PartsOf(text)) {
    Part(node, part, text, place);
  }
}

void Leaves::Part(const Node& node, const UriPart& part, std::string_view text,
                  const Place& place) {
  const auto slot = [&](PhiType type, Spelling spelling) {
    Field& field = fields_.SlotIn(node, part.begin, part.end, type,
                                  SlotGrammar::kIdentifier, place.path);
    field.spelling = spelling;
    field.subject = place.subject;
  };
  switch (part.kind) {
    case UriPart::Kind::kId:
      return slot(PhiType::kId, Spelling::kResourceId);
    case UriPart::Kind::kAddress:
      return slot(PhiType::kUrl, Spelling::kResourceId);
    case UriPart::Kind::kIdentifier:
      return slot(
          graph_.TypeOfValue(text.substr(part.begin, part.end - part.begin)),
          Spelling::kPlain);
    case UriPart::Kind::kText: {
      Field& field = fields_.SlotIn(node, part.begin, part.end, PhiType::kId,
                                    SlotGrammar::kFreeText, place.path);
      field.kind = FieldKind::kText;
      field.subject = place.subject;
      fields_.Look(text.substr(part.begin, part.end - part.begin));
      return;
    }
  }
}

// Whether the reference stands in an element that mostly names a person.
bool Leaves::NamesPerson(std::uint32_t reference) const {
  constexpr std::string_view kPeople[] = {
      "actor",        "asserter",     "author",    "beneficiary", "enterer",
      "individual",   "member",       "patient",   "payee",       "performer",
      "policyHolder", "practitioner", "provider",  "recorder",    "requester",
      "sender",       "subject",      "subscriber"};
  const Node* node = &doc_.nodes[reference];
  if (!node->has_key && node->parent != json::kNoParent) {
    node = &doc_.nodes[node->parent];
  }
  return std::find(std::begin(kPeople), std::end(kPeople),
                   doc_.RawKey(*node)) != std::end(kPeople);
}

void Leaves::ReferenceDisplay(const Node& node, const Place& place) {
  std::string_view type = doc_.MemberText(place.object, "type");
  if (type.empty()) {
    type = graph_.TargetOf(doc_.MemberText(place.object, "reference"));
  }
  if (IsPerson(type) || (type.empty() && NamesPerson(place.object))) {
    return NamePartOf(node, NamePart::kWhole, place);
  }
  if (IsFacility(type)) return Named(node, PhiType::kFacility, place);
  Text(node, place);
}

void Leaves::Contact(const Node& node, const Place& place) {
  const std::string_view system = doc_.MemberText(place.object, "system");
  const bool at = doc_.Raw(node).find('@') != std::string_view::npos;
  const PhiType type = system == "fax"           ? PhiType::kFax
                       : system == "email" || at ? PhiType::kEmail
                       : system == "url"         ? PhiType::kUrl
                                                 : PhiType::kPhone;
  Named(node, type, place);
}

void Leaves::Identifier(const Node& node, const Place& place) {
  const PhiType otherwise =
      place.resource == "Patient" ? PhiType::kMedicalRecord : PhiType::kId;
  const PhiType type = TypeOfIdentifier(doc_, place.object, otherwise);
  Slot(node, type, SlotGrammar::kIdentifier, place);
  fields_.Known(type, fields_.TextOf(node));
}

void Leaves::Base64(const Node& node, const Place& place) {
  if (place.photo) {
    Slot(node, PhiType::kPhoto, SlotGrammar::kEmpty, place);
    return;
  }
  if (node.kind != Kind::kString) return Text(node, place);
  Field& field = fields_.Text(node, place.path);
  field.kind = FieldKind::kDocument;
  field.wrapping = Wrapping::kBase64;
  field.subject = place.subject;
  field.media_type = doc_.MemberText(place.object, "contentType");
  for (char& c : field.media_type) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
}

void Leaves::Narrative(const Node& node, const Place& place) {
  std::vector<Field> fields;
  if (!NarrativeFields(doc_, node, place.path, &fields).ok()) {
    return Text(node, place);
  }
  for (Field& field : fields) {
    field.subject = place.subject;
    fields_.Add(std::move(field));
  }
}

}  // namespace phiwire::fhir
