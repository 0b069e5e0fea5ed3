// SPDX-License-Identifier: Apache-2.0

#include <array>
#include <utility>

#include "phiwire/deidentifier.h"

namespace phiwire {
namespace {

constexpr std::array<std::pair<std::string_view, Format>, 4> kFormats = {{
    {"auto", Format::kAuto},
    {"text", Format::kText},
    {"log", Format::kLog},
    {"hl7", Format::kHl7},
}};

}  // namespace

std::string_view FormatName(Format format) {
  return kFormats[static_cast<std::size_t>(format)].first;
}

std::optional<Format> ParseFormat(std::string_view name) {
  for (const auto& [known, format] : kFormats) {
    if (known == name) return format;
  }
  return std::nullopt;
}

}  // namespace phiwire
