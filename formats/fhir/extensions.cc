// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/extensions.h"

namespace phiwire::fhir {
namespace {

constexpr std::string_view kHl7 = "http://hl7.org/fhir/";

struct Entry {
  std::string_view name;  // the end of the url, or its begin with a final '*'
  ExtensionUse use;
};

// https://hl7.org/fhir/R4/extensibility-registry.html and US Core.
constexpr Entry kEntries[] = {
    {"us-core-race", ExtensionUse::kKeep},
    {"us-core-ethnicity", ExtensionUse::kKeep},
    {"us-core-birthsex", ExtensionUse::kKeep},
    {"us-core-sex", ExtensionUse::kKeep},
    {"us-core-genderIdentity", ExtensionUse::kKeep},
    {"us-core-tribal-affiliation", ExtensionUse::kKeep},
    {"data-absent-reason", ExtensionUse::kKeep},
    {"patient-genderIdentity", ExtensionUse::kKeep},
    {"patient-mothersMaidenName", ExtensionUse::kName},
    {"humanname-own-name", ExtensionUse::kName},
    {"humanname-own-prefix", ExtensionUse::kName},
    {"humanname-partner-name", ExtensionUse::kName},
    {"humanname-partner-prefix", ExtensionUse::kName},
    {"humanname-fathers-family", ExtensionUse::kName},
    {"humanname-mothers-family", ExtensionUse::kName},
    {"iso21090-ADXP-*", ExtensionUse::kStreet},
    {"geolocation", ExtensionUse::kPlace},
};

bool Fits(std::string_view name, std::string_view last) {
  if (!name.ends_with('*')) return name == last;
  return last.starts_with(name.substr(0, name.size() - 1));
}

}  // namespace

ExtensionUse UseOfExtension(std::string_view url, ExtensionUse outer) {
  // Parts of a complex one have a bare name.
  if (url.find(':') == std::string_view::npos && outer != ExtensionUse::kNone) {
    return outer;
  }
  if (!url.starts_with(kHl7)) return ExtensionUse::kByType;
  const std::string_view last = url.substr(url.rfind('/') + 1);
  for (const Entry& entry : kEntries) {
    if (Fits(entry.name, last)) return entry.use;
  }
  return ExtensionUse::kByType;
}

}  // namespace phiwire::fhir
