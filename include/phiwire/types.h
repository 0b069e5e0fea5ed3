// SPDX-License-Identifier: Apache-2.0
//
// The kinds of protected health information phiwire reports: HIPAA's eighteen
// identifiers (45 CFR 164.514(b)(2)), split where an anonymizer needs to know
// more (STREET, CITY and ZIP are one identifier to the law), and three that
// identify in practice (FACILITY, EMPLOYER, USERNAME). PROFESSION is known but
// off under every built-in policy. A pager is a PHONE.
//
// The names are a contract: they stand in placeholders ("[MEDICALRECORD]"),
// policies, catalogue files and JSON output, always in upper case.
//
//   phiwire::TypeName(phiwire::PhiType::kMedicalRecord)  == "MEDICALRECORD"
//   phiwire::ParseType("DATE")                           == PhiType::kDate

#ifndef PHIWIRE_INCLUDE_PHIWIRE_TYPES_H_
#define PHIWIRE_INCLUDE_PHIWIRE_TYPES_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace phiwire {

enum class PhiType : std::uint8_t {
  kName,
  kStreet,
  kCity,
  kCounty,
  kZip,
  kLocation,
  kDate,
  kAge,
  kPhone,
  kFax,
  kEmail,
  kSsn,
  kMedicalRecord,
  kHealthPlan,
  kAccount,
  kLicense,
  kVehicle,
  kDevice,
  kUrl,
  kIpAddress,
  kBiometric,
  kPhoto,
  kId,
  kFacility,
  kEmployer,
  kUsername,
  kProfession,
};

inline constexpr std::size_t kPhiTypeCount = 27;

// How bytes are read: the format of a file or of one record. kAuto decides by
// content (MSH| means HL7 v2, ...); each has a page under docs/.
enum class Format {
  kAuto,
  kText,
  kLog,
  kHl7,     // v2, ER7
  kCsv,     // CSV, TSV and other separators
  kFixed,   // columns by position; needs a column map
  kNdjson,  // JSON of any shape: one value, or one a line
  kFhir,    // R4 JSON: a resource, a Bundle, or one a line
  kCcda,    // C-CDA; any other XML is scanned whole
  kX12,
  kHtml,
  kRtf,
  kMarkdown,
};

inline constexpr std::size_t kFormatCount = 13;

// What a site says of a place in a format; it comes before the format's own
// rules. Formats spell places as findings name them (Finding::source).
struct SiteRule {
  enum class As {
    kText,  // scanned
    kKeep,  // stays, unless it repeats a known value
    kDrop,  // emptied
    kSlot,  // replaced whole as `type`
  };
  std::string place;  // "ZPI-4.2", "Patient.maritalStatus.text", a column
  As as = As::kText;
  PhiType type = PhiType::kId;  // kSlot only
};

// "NAME", "MEDICALRECORD", ...: static storage.
std::string_view TypeName(PhiType type);

// The type of an upper-case name; nullopt for anything else.
std::optional<PhiType> ParseType(std::string_view name);

}  // namespace phiwire

#endif  // PHIWIRE_INCLUDE_PHIWIRE_TYPES_H_
