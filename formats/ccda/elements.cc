// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/elements.h"

#include <array>
#include <iterator>

#include "formats/ccda/name_map.h"
#include "formats/ccda/path_table_generated.h"
#include "formats/xml/parser.h"

namespace phiwire::ccda {
namespace {

constexpr Element Typed(std::string_view name, DataType type) {
  return {.name = name, .type = type};
}
constexpr Element Of(std::string_view name, Entity entity) {
  return {.name = name, .entity = entity};
}
constexpr Element Part(std::string_view name, NamePart part) {
  return {.name = name, .type = DataType::kNamePart, .part = part};
}
constexpr Element Line(std::string_view name, PhiType phi,
                       SlotGrammar grammar) {
  return {.name = name,
          .type = DataType::kAddressPart,
          .phi = phi,
          .grammar = grammar};
}
constexpr Element Layout(std::string_view name, char separator) {
  return {.name = name, .type = DataType::kLayout, .separator = separator};
}

using enum DataType;
constexpr SlotGrammar kWord = SlotGrammar::kName;
constexpr SlotGrammar kGone = SlotGrammar::kEmpty;
constexpr SlotGrammar kStays = SlotGrammar::kFreeText;

constexpr Element kElements[] = {
    {},
    // Identifiers
    Typed("id", kII),
    Typed("setId", kII),
    Typed("templateId", kTemplate),
    Typed("typeId", kTemplate),
    // Times
    Typed("effectiveTime", kTime),
    Typed("time", kTime),
    Typed("birthTime", kTime),
    Typed("deceasedTime", kTime),
    Typed("availabilityTime", kTime),
    Typed("expirationTime", kTime),
    Typed("activityTime", kTime),
    Typed("validTime", kTime),
    Typed("useablePeriod", kTime),
    Typed("phase", kTime),
    Typed("comp", kTime),
    Typed("low", kBound),
    Typed("high", kBound),
    Typed("center", kBound),
    // Numbers
    Typed("width", kQuantity),
    Typed("period", kQuantity),
    Typed("offset", kQuantity),
    Typed("increment", kQuantity),
    Typed("doseQuantity", kQuantity),
    Typed("rateQuantity", kQuantity),
    Typed("maxDoseQuantity", kQuantity),
    Typed("repeatNumber", kQuantity),
    Typed("quantity", kQuantity),
    Typed("numerator", kQuantity),
    Typed("denominator", kQuantity),
    Typed("versionNumber", kQuantity),
    Typed("sequenceNumber", kQuantity),
    Typed("multipleBirthOrderNumber", kQuantity),
    Typed("priorityNumber", kQuantity),
    // Addresses: AD, ADXP
    Typed("telecom", kTelecom),
    Typed("addr", kAddress),
    Line("streetAddressLine", PhiType::kStreet, kWord),
    Line("streetName", PhiType::kStreet, kWord),
    Line("streetNameBase", PhiType::kStreet, kWord),
    Line("streetNameType", PhiType::kStreet, kWord),
    Line("houseNumber", PhiType::kStreet, kWord),
    Line("houseNumberNumeric", PhiType::kStreet, kWord),
    Line("buildingNumberSuffix", PhiType::kStreet, kWord),
    Line("direction", PhiType::kStreet, kWord),
    Line("postBox", PhiType::kStreet, kWord),
    Line("unitID", PhiType::kStreet, kWord),
    Line("unitType", PhiType::kStreet, kWord),
    Line("additionalLocator", PhiType::kStreet, kWord),
    Line("careOf", PhiType::kName, kWord),
    Line("deliveryAddressLine", PhiType::kStreet, kWord),
    Line("deliveryInstallationType", PhiType::kStreet, kWord),
    Line("deliveryInstallationArea", PhiType::kStreet, kWord),
    Line("deliveryInstallationQualifier", PhiType::kStreet, kWord),
    Line("deliveryMode", PhiType::kStreet, kWord),
    Line("deliveryModeIdentifier", PhiType::kStreet, kWord),
    Line("city", PhiType::kCity, kWord),
    Line("county", PhiType::kCounty, kGone),
    Line("precinct", PhiType::kLocation, kGone),
    Line("censusTract", PhiType::kLocation, kGone),
    Line("postalCode", PhiType::kZip, SlotGrammar::kZip),
    Line("state", PhiType::kLocation, kStays),
    Line("country", PhiType::kLocation, kStays),
    // Names: EN, ENXP
    Typed("name", kName),
    Part("family", NamePart::kFamily),
    Part("given", NamePart::kGiven),
    Part("prefix", NamePart::kAffix),
    Part("suffix", NamePart::kAffix),
    Part("delimiter", NamePart::kAffix),
    Of("patient", Entity::kPerson),
    Of("guardianPerson", Entity::kPerson),
    Of("assignedPerson", Entity::kPerson),
    Of("relatedPerson", Entity::kPerson),
    Of("associatedPerson", Entity::kPerson),
    Of("subject", Entity::kPerson),
    Of("informationRecipient", Entity::kPerson),
    Of("maintainingPerson", Entity::kPerson),
    Of("person", Entity::kPerson),
    Of("providerOrganization", Entity::kOrganization),
    Of("guardianOrganization", Entity::kOrganization),
    Of("representedOrganization", Entity::kOrganization),
    Of("representedCustodianOrganization", Entity::kOrganization),
    Of("receivedOrganization", Entity::kOrganization),
    Of("scopingOrganization", Entity::kOrganization),
    Of("wholeOrganization", Entity::kOrganization),
    Of("serviceProviderOrganization", Entity::kOrganization),
    Of("manufacturerOrganization", Entity::kOrganization),
    Of("asOrganizationPartOf", Entity::kOrganization),
    Of("healthCareFacility", Entity::kOrganization),
    Of("location", Entity::kPlace),
    Of("place", Entity::kPlace),
    Of("manufacturedMaterial", Entity::kThing),
    Of("manufacturedLabeledDrug", Entity::kThing),
    Of("playingDevice", Entity::kThing),
    Of("assignedAuthoringDevice", Entity::kThing),
    Of("playingEntity", Entity::kThing),
    Of("scopingEntity", Entity::kOrganization),
    // Texts
    Typed("text", kText),
    Typed("title", kText),
    Typed("originalText", kText),
    Typed("desc", kText),
    Typed("reference", kReference),
    // The narrative block (CDA R2 4.3.5) and what HTML calls the same
    Layout("td", '\t'),
    Layout("th", '\t'),
    Layout("tr", '\n'),
    Layout("table", '\n'),
    Layout("thead", '\n'),
    Layout("tbody", '\n'),
    Layout("tfoot", '\n'),
    Layout("caption", '\n'),
    Layout("paragraph", '\n'),
    Layout("list", '\n'),
    Layout("item", '\n'),
    Layout("br", '\n'),
    Layout("footnote", ' '),
    Layout("p", '\n'),
    Layout("div", '\n'),
    Layout("li", '\n'),
    Layout("ul", '\n'),
    Layout("ol", '\n'),
    Layout("h1", '\n'),
    Layout("h2", '\n'),
    Layout("h3", '\n'),
    Layout("pre", '\n'),
    Layout("renderMultiMedia", ' '),
};

constexpr std::size_t kHandMade = std::size(kElements);
constexpr std::size_t kSymbolCount = std::size(generated::kSymbols);

// The elements above, with their symbols, and the table's other names.
constexpr auto kAll = [] {
  struct {
    std::array<Element, kHandMade + kSymbolCount> of;
    std::size_t count = 0;
  } all;
  for (const Element& element : kElements) all.of[all.count++] = element;
  for (std::size_t symbol = 1; symbol < kSymbolCount; ++symbol) {
    const std::string_view name = generated::kSymbols[symbol];
    std::size_t at = 0;
    while (at < kHandMade && kElements[at].name != name) ++at;
    if (at == kHandMade) at = all.count++;
    all.of[at].name = name;
    all.of[at].symbol = static_cast<std::uint8_t>(symbol);
  }
  return all;
}();

constexpr auto NameAt = [](std::size_t i) { return kAll.of[i].name; };
constexpr NameMap<512> kByName(kAll.count, NameAt);
static_assert(kAll.count <= 256);

struct XsiType {
  std::string_view name;
  DataType type;
};
constexpr XsiType kXsiTypes[] = {
    {"CD", kCoded},
    {"CE", kCoded},
    {"CV", kCoded},
    {"CO", kCoded},
    {"CS", kCoded},
    {"CR", kCoded},
    {"PQ", kQuantity},
    {"PQR", kQuantity},
    {"INT", kQuantity},
    {"REAL", kQuantity},
    {"MO", kQuantity},
    {"RTO", kQuantity},
    {"RTO_PQ_PQ", kQuantity},
    {"RTO_QTY_QTY", kQuantity},
    {"IVL_PQ", kQuantity},
    {"IVL_INT", kQuantity},
    {"IVL_REAL", kQuantity},
    {"IVL_MO", kQuantity},
    {"SXCM_PQ", kQuantity},
    {"SXCM_INT", kQuantity},
    {"TS", kTime},
    {"IVL_TS", kTime},
    {"PIVL_TS", kTime},
    {"EIVL_TS", kTime},
    {"SXCM_TS", kTime},
    {"SXPR_TS", kTime},
    {"IVXB_TS", kTime},
    {"ST", kText},
    {"ED", kText},
    {"SC", kText},
    {"II", kII},
    {"TEL", kTelecom},
    {"URL", kTelecom},
    {"AD", kAddress},
    {"EN", kName},
    {"PN", kName},
    {"ON", kName},
    {"TN", kName},
};

struct AttributeName {
  std::string_view name;
  AttributeKind kind;
};
using K = AttributeKind;
constexpr AttributeName kAttributes[] = {
    {"root", K::kRoot},
    {"extension", K::kExtension},
    {"assigningAuthorityName", K::kAuthority},
    {"value", K::kValue},
    {"unit", K::kUnit},
    {"code", K::kCode},
    {"codeSystem", K::kCodeSystem},
    {"codeSystemName", K::kDisplay},
    {"displayName", K::kDisplay},
    {"codeSystemVersion", K::kToken},
    {"valueSet", K::kToken},
    {"valueSetVersion", K::kToken},
    {"ID", K::kAnchor},
    {"IDREF", K::kAnchor},
    {"referencedObject", K::kAnchor},
    {"nullFlavor", K::kNullFlavor},
    {"classCode", K::kClassCode},
    {"typeCode", K::kTypeCode},
    {"qualifier", K::kQualifier},
    {"mediaType", K::kMediaType},
    {"representation", K::kRepresentation},
    {"moodCode", K::kToken},
    {"determinerCode", K::kToken},
    {"contextControlCode", K::kToken},
    {"contextConductionInd", K::kToken},
    {"negationInd", K::kToken},
    {"inversionInd", K::kToken},
    {"independentInd", K::kToken},
    {"isCriterionInd", K::kToken},
    {"use", K::kToken},
    {"institutionSpecified", K::kToken},
    {"partType", K::kToken},
    {"operator", K::kToken},
    {"inclusive", K::kToken},
    {"displayable", K::kToken},
    {"language", K::kToken},
    {"integrityCheckAlgorithm", K::kToken},
    {"compression", K::kToken},
    {"currency", K::kToken},
    {"unsorted", K::kToken},
    {"inverted", K::kToken},
    {"styleCode", K::kToken},
    {"listType", K::kToken},
    {"align", K::kToken},
    {"valign", K::kToken},
    {"border", K::kToken},
    {"width", K::kToken},
    {"height", K::kToken},
    {"colspan", K::kToken},
    {"rowspan", K::kToken},
    {"cellpadding", K::kToken},
    {"cellspacing", K::kToken},
    {"frame", K::kToken},
    {"rules", K::kToken},
    {"scope", K::kToken},
    {"span", K::kToken},
    {"char", K::kToken},
    {"charoff", K::kToken},
    {"revised", K::kToken},
    {"xml:lang", K::kToken},
    {"xml:space", K::kToken},
    {"xsi:nil", K::kToken},
    {"xsi:type", K::kXsiType},
    {"xmlns", K::kNamespace},
    {"xsi:schemaLocation", K::kNamespace},
    {"xsi:noNamespaceSchemaLocation", K::kNamespace},
};
constexpr auto AttributeAt = [](std::size_t i) { return kAttributes[i].name; };
constexpr NameMap<256> kAttributeByName(std::size(kAttributes), AttributeAt);

}  // namespace

const Element& ElementOf(std::string_view local) {
  const std::uint16_t found = kByName.Find(local, NameAt);
  return kAll.of[found == decltype(kByName)::kNone ? 0 : found];
}

DataType TypeOfXsi(std::string_view xsi, DataType own) {
  xsi = xml::LocalName(xsi);
  for (const XsiType& type : kXsiTypes) {
    if (type.name == xsi) return type.type;
  }
  return own;
}

AttributeKind KindOf(std::string_view name) {
  const std::uint16_t found = kAttributeByName.Find(name, AttributeAt);
  if (found != decltype(kAttributeByName)::kNone) {
    return kAttributes[found].kind;
  }
  if (name.starts_with("xmlns:")) return AttributeKind::kNamespace;
  const std::string_view local = xml::LocalName(name);
  return local.size() == name.size() ? AttributeKind::kText : KindOf(local);
}

}  // namespace phiwire::ccda
