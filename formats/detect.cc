// SPDX-License-Identifier: Apache-2.0

#include "formats/detect.h"

#include "formats/hl7v2/segments.h"

namespace phiwire {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

}  // namespace

DetectedFormat DetectFormat(std::string_view bytes) {
  if (bytes.substr(0, kBom.size()) == kBom) bytes.remove_prefix(kBom.size());
  const std::size_t start = bytes.find_first_not_of(" \t\r\n");
  if (start == std::string_view::npos) return {};
  bytes.remove_prefix(start);
  if (bytes.front() == hl7v2::kMllpStart) {
    return {Format::kHl7, true, "MLLP start byte"};
  }
  if (hl7v2::IsHeaderAt(bytes, 0)) return {Format::kHl7, true, "HL7 header"};
  return {};
}

}  // namespace phiwire
