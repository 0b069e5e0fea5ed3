// SPDX-License-Identifier: Apache-2.0

#include "formats/ccda/values.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "base/byte_set.h"
#include "formats/hl7v2/values.h"

namespace phiwire::ccda {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

constexpr std::string_view kPublicArcs[] = {"2.16.840.1.113883.1.3",
                                            "2.16.840.1.113883.1.11.",
                                            "2.16.840.1.113883.2.",
                                            "2.16.840.1.113883.4.",
                                            "2.16.840.1.113883.5.",
                                            "2.16.840.1.113883.6.",
                                            "2.16.840.1.113883.7.",
                                            "2.16.840.1.113883.8.",
                                            "2.16.840.1.113883.9.",
                                            "2.16.840.1.113883.10.",
                                            "2.16.840.1.113883.11.",
                                            "2.16.840.1.113883.12.",
                                            "2.16.840.1.113883.13.",
                                            "2.16.840.1.113883.15.",
                                            "2.16.840.1.113883.18.",
                                            "2.16.840.1.113883.21.",
                                            "2.16.840.1.113883.3.3719",
                                            "2.16.840.1.113883.3.26.1.",
                                            "2.16.840.1.113883.3.88.12.",
                                            "2.16.840.1.113883.3.88.11.",
                                            "2.16.840.1.113883.3.221.5",
                                            "2.16.840.1.113762.1.",
                                            "2.16.840.1.114222.4.",
                                            "1.0.3166.",
                                            "1.2.840.10008.",
                                            "1.3.6.1.4.1.12009."};

struct Authority {
  std::string_view root;
  PhiType type;
};
// HL7's registry of external identifiers, https://www.hl7.org/oid/
constexpr Authority kAuthorities[] = {
    {"2.16.840.1.113883.4.1", PhiType::kSsn},
    {"2.16.840.1.113883.4.6", PhiType::kLicense},       // NPI
    {"2.16.840.1.113883.4.8", PhiType::kLicense},       // UPIN
    {"2.16.840.1.113883.4.814", PhiType::kLicense},     // DEA
    {"2.16.840.1.113883.4.572", PhiType::kHealthPlan},  // Medicare HIC
    {"2.16.840.1.113883.4.927", PhiType::kHealthPlan},  // Medicare MBI
    {"2.16.840.1.113883.4.336", PhiType::kFacility},    // CMS certification
    {"2.16.840.1.113883.4.7", PhiType::kFacility},      // CLIA
    {"2.16.840.1.113883.4.2", PhiType::kFacility},      // employer's EIN
    {"2.16.840.1.113883.3.3719", PhiType::kDevice},     // UDI
};
// Driving licences by state: 2.16.840.1.113883.4.3.6 is California's.
constexpr std::string_view kDrivingLicences = "2.16.840.1.113883.4.3.";

struct Scheme {
  std::string_view name;
  PhiType type;
};
constexpr Scheme kSchemes[] = {
    {"tel:", PhiType::kPhone},      {"fax:", PhiType::kFax},
    {"x-text-fax:", PhiType::kFax}, {"sms:", PhiType::kPhone},
    {"modem:", PhiType::kPhone},    {"sip:", PhiType::kPhone},
    {"mailto:", PhiType::kEmail},   {"http:", PhiType::kUrl},
    {"https:", PhiType::kUrl},      {"ftp:", PhiType::kUrl},
    {"file:", PhiType::kUrl},       {"nfs:", PhiType::kUrl},
    {"telnet:", PhiType::kUrl},     {"mllp:", PhiType::kUrl}};

constexpr std::size_t kMaxToken = 60;
constexpr std::size_t kMaxNamespace = 200;
constexpr std::size_t kLongNumber = 6;

bool IsHex(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

// Every attribute and text is looked at: find_first_not_of would search the
// set for each of their bytes.
bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
}

constexpr ByteSet kTokenBytes(
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
    " ._:/%+-;,#*=");

bool StartsWithNoCase(std::string_view s, std::string_view lower) {
  return s.size() >= lower.size() &&
         std::equal(lower.begin(), lower.end(), s.begin(),
                    [](char a, char b) { return a == Lower(b); });
}

std::size_t LongestNumber(std::string_view s) {
  std::size_t longest = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const std::size_t digits = DigitsAt(s, i);
    longest = std::max(longest, digits);
    i += digits;
  }
  return longest;
}

}  // namespace

bool IsBlankText(std::string_view s) {
  return std::all_of(s.begin(), s.end(), IsBlank);
}

std::string_view TrimBlanks(std::string_view s) {
  while (!s.empty() && IsBlank(s.front())) s.remove_prefix(1);
  while (!s.empty() && IsBlank(s.back())) s.remove_suffix(1);
  return s;
}

bool IsOid(std::string_view s) {
  if (s.size() < 3 || !IsDigit(s.front()) || !IsDigit(s.back())) return false;
  bool dot = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '.') {
      if (s[i - 1] == '.') return false;
      dot = true;
    } else if (!IsDigit(s[i])) {
      return false;
    }
  }
  return dot;
}

bool IsUuid(std::string_view s) {
  if (s.size() != 36) return false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    const bool dash = i == 8 || i == 13 || i == 18 || i == 23;
    if (dash ? s[i] != '-' : !IsHex(s[i])) return false;
  }
  return true;
}

bool IsPublicOid(std::string_view s) {
  // A longer number in it is somebody's.
  return IsOid(s) && LongestNumber(s) <= kLongNumber &&
         std::any_of(std::begin(kPublicArcs), std::end(kPublicArcs),
                     [&](std::string_view arc) { return s.starts_with(arc); });
}

PhiType TypeOfAuthority(std::string_view root, PhiType other) {
  for (const Authority& authority : kAuthorities) {
    if (authority.root == root) return authority.type;
  }
  return root.starts_with(kDrivingLicences) ? PhiType::kLicense : other;
}

bool IsMedicalRecordRoot(std::string_view root) {
  return TypeOfAuthority(root, PhiType::kMedicalRecord) ==
         PhiType::kMedicalRecord;
}

TelecomPrefix ReadTelecomPrefix(std::string_view value) {
  TelecomPrefix out;
  out.size = std::min(value.find_first_not_of(kBlanks), value.size());
  const std::string_view rest = value.substr(out.size);
  const auto* scheme = std::find_if(
      std::begin(kSchemes), std::end(kSchemes),
      [&](const Scheme& s) { return StartsWithNoCase(rest, s.name); });
  if (scheme != std::end(kSchemes)) {
    out.type = scheme->type;
    out.size += scheme->name.size();
    while (out.size < value.size() &&
           (value[out.size] == ' ' ||
            (out.type == PhiType::kUrl && value[out.size] == '/'))) {
      ++out.size;
    }
  } else if (rest.find('@') != std::string_view::npos) {
    out.type = PhiType::kEmail;
  } else if (rest.find("//") != std::string_view::npos) {
    out.type = PhiType::kUrl;
  }
  return out;
}

bool IsToken(std::string_view value) {
  return value.size() <= kMaxToken && LongestNumber(value) <= kLongNumber &&
         kTokenBytes.HoldAll(value);
}

bool IsPlainNamespace(std::string_view value) {
  if (value.size() > kMaxNamespace || LongestNumber(value) > kLongNumber ||
      value.find_first_of("\\?@~=&") != std::string_view::npos) {
    return false;
  }
  return value.find("file:") == std::string_view::npos &&
         value.find("/Users/") == std::string_view::npos &&
         value.find("/home/") == std::string_view::npos;
}

bool IsMeasure(std::string_view value) {
  constexpr std::size_t kMaxDigits = 8;
  constexpr std::size_t kMaxSize = 24;
  if (value.size() > kMaxSize ||
      value.find_first_not_of("0123456789.+-eE<> ") != std::string_view::npos) {
    return false;
  }
  return DigitsAt(value, std::min(value.find_first_of("0123456789"),
                                  value.size())) <= kMaxDigits;
}

bool IsOldAge(std::string_view value, std::string_view unit) {
  struct Limit {
    std::string_view unit;
    int first;  // that is 90 years
  };
  constexpr Limit kLimits[] = {{"a", 90},    {"y", 90},    {"yr", 90},
                               {"mo", 1080}, {"wk", 4696}, {"d", 32872},
                               {"a_j", 90},  {"a_g", 90},  {"mo_j", 1080}};
  const std::size_t digits = DigitsAt(value, 0);
  if (digits == 0 || digits > 6) return false;
  const int number = NumberAt(value, 0, digits);
  return std::any_of(std::begin(kLimits), std::end(kLimits),
                     [&](const Limit& limit) {
                       return limit.unit == unit && number >= limit.first;
                     });
}

bool IsTimeStamp(std::string_view value) {
  const std::size_t digits = DigitsAt(value, 0);
  return digits == 8 ? hl7v2::IsDateShaped(value)
                     : digits > 8 && hl7v2::ParseDay(value).has_value();
}

Spelling SpellingOfDate(std::string_view value) {
  const std::size_t digits = DigitsAt(value, 0);
  if (digits == value.size() || digits >= 6) return Spelling::kPlain;
  return digits == 4 && value[4] == '-' ? Spelling::kIsoDate
                                        : Spelling::kAnyDate;
}

SlotGrammar GrammarOf(PhiType type) {
  switch (type) {
    case PhiType::kDate:
      return SlotGrammar::kHl7Date;
    case PhiType::kZip:
      return SlotGrammar::kZip;
    case PhiType::kName:
    case PhiType::kStreet:
    case PhiType::kCity:
    case PhiType::kCounty:
    case PhiType::kLocation:
    case PhiType::kFacility:
    case PhiType::kEmployer:
    case PhiType::kProfession:
      return SlotGrammar::kName;
    case PhiType::kAge:
    case PhiType::kBiometric:
    case PhiType::kPhoto:
      return SlotGrammar::kEmpty;
    default:
      return SlotGrammar::kIdentifier;
  }
}

bool HasLongNumber(std::string_view value) {
  return LongestNumber(value) >= kLongNumber;
}

}  // namespace phiwire::ccda
