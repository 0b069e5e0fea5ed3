// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/identifiers.h"

#include <algorithm>
#include <iterator>
#include <optional>
#include <span>

namespace phiwire::fhir {
namespace {

using json::Document;
using json::Kind;

struct Entry {
  std::string_view name;
  PhiType type;
};

// http://terminology.hl7.org/CodeSystem/v2-0203
constexpr Entry kCodes[] = {
    {"AN", PhiType::kAccount},
    {"DEA", PhiType::kLicense},
    {"DL", PhiType::kLicense},
    {"DN", PhiType::kLicense},
    {"HC", PhiType::kHealthPlan},
    {"LN", PhiType::kLicense},
    {"MA", PhiType::kHealthPlan},
    {"MB", PhiType::kHealthPlan},
    {"MC", PhiType::kHealthPlan},
    {"MCD", PhiType::kHealthPlan},
    {"MCR", PhiType::kHealthPlan},
    {"MD", PhiType::kLicense},
    {"MR", PhiType::kMedicalRecord},
    {"MRN", PhiType::kMedicalRecord},
    {"MRT", PhiType::kMedicalRecord},
    {"NPI", PhiType::kLicense},
    {"PHC", PhiType::kHealthPlan},
    {"PI", PhiType::kMedicalRecord},
    {"PPN", PhiType::kId},
    {"PT", PhiType::kMedicalRecord},
    {"SB", PhiType::kSsn},
    {"SN", PhiType::kHealthPlan},
    {"SNO", PhiType::kDevice},
    {"SS", PhiType::kSsn},
    {"UDI", PhiType::kDevice},
    {"VN", PhiType::kAccount},
};

// https://hl7.org/fhir/R4/identifier-registry.html
constexpr Entry kSystems[] = {
    {"http://hl7.org/fhir/sid/us-ssn", PhiType::kSsn},
    {"http://hl7.org/fhir/sid/us-npi", PhiType::kLicense},
    {"http://hl7.org/fhir/sid/us-mbi", PhiType::kHealthPlan},
    {"http://hl7.org/fhir/sid/us-medicare", PhiType::kHealthPlan},
    {"urn:oid:2.16.840.1.113883.4.1", PhiType::kSsn},
    {"urn:oid:2.16.840.1.113883.4.6", PhiType::kLicense},
    {"urn:oid:2.16.840.1.113883.4.572", PhiType::kHealthPlan},
    {"urn:oid:2.16.840.1.113883.4.927", PhiType::kHealthPlan},
    {"urn:oid:2.16.840.1.113883.4.814", PhiType::kLicense},
};

std::optional<PhiType> Find(std::span<const Entry> entries,
                            std::string_view name) {
  const auto it = std::find_if(entries.begin(), entries.end(),
                               [&](const Entry& e) { return e.name == name; });
  if (it == entries.end()) return std::nullopt;
  return it->type;
}

// The licences of the states are numbered below this.
constexpr std::string_view kStateLicences = "urn:oid:2.16.840.1.113883.4.3.";

std::optional<PhiType> Told(const Document& doc, std::uint32_t object) {
  if (const std::uint32_t type = doc.Member(object, "type")) {
    const std::uint32_t list = doc.Member(type, "coding");
    if (list != 0 && doc.nodes[list].kind == Kind::kArray) {
      for (std::uint32_t i = list + 1; i < doc.nodes[list].next;
           i = doc.nodes[i].next) {
        const auto of = Find(kCodes, doc.MemberText(i, "code"));
        if (of) return of;
      }
    }
  }
  const std::string_view system = doc.MemberText(object, "system");
  if (system.starts_with(kStateLicences)) return PhiType::kLicense;
  return Find(kSystems, system);
}

}  // namespace

PhiType TypeOfIdentifier(const Document& doc, std::uint32_t object,
                         PhiType otherwise) {
  return Told(doc, object).value_or(otherwise);
}

int SubjectRank(const Document& doc, std::uint32_t object) {
  if (doc.nodes[object].kind != Kind::kObject) return 0;
  const std::uint32_t value = doc.Member(object, "value");
  if (value == 0 || doc.nodes[value].kind != Kind::kString ||
      doc.Raw(doc.nodes[value]).empty()) {
    return 0;
  }
  const auto told = Told(doc, object);
  if (!told) return doc.Member(object, "type") == 0 ? 2 : 1;
  if (*told == PhiType::kMedicalRecord) return 3;
  return *told == PhiType::kSsn || *told == PhiType::kLicense ? 0 : 1;
}

}  // namespace phiwire::fhir
