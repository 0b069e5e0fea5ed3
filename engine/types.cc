// SPDX-License-Identifier: Apache-2.0

#include "phiwire/types.h"

#include <array>

namespace phiwire {
namespace {

constexpr std::array<std::string_view, kPhiTypeCount> kNames = {
    "NAME",          "STREET",     "CITY",      "COUNTY",
    "ZIP",           "LOCATION",   "DATE",      "AGE",
    "PHONE",         "FAX",        "EMAIL",     "SSN",
    "MEDICALRECORD", "HEALTHPLAN", "ACCOUNT",   "LICENSE",
    "VEHICLE",       "DEVICE",     "URL",       "IPADDRESS",
    "BIOMETRIC",     "PHOTO",      "ID",        "FACILITY",
    "EMPLOYER",      "USERNAME",   "PROFESSION"};

}  // namespace

std::string_view TypeName(PhiType type) {
  return kNames[static_cast<std::size_t>(type)];
}

std::optional<PhiType> ParseType(std::string_view name) {
  for (std::size_t i = 0; i < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<PhiType>(i);
  }
  return std::nullopt;
}

}  // namespace phiwire
