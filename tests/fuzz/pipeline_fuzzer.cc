// SPDX-License-Identifier: Apache-2.0
//
// Any bytes through the whole library, as text, log and HL7: an error, or
// findings that are sorted, disjoint, inside the input and on character
// borders, and an output that holds what lies between them.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "phiwire/phiwire.h"

namespace {

void Require(bool ok) {
  if (!ok) std::abort();
}

const phiwire::Deidentifier& Shared() {
  static const auto deid =
      phiwire::Deidentifier::Create(phiwire::Policy::SafeHarbor());
  Require(deid.ok());
  return *deid;
}

void CheckText(std::string_view text) {
  const auto output = Shared().Text(text);
  if (!output.ok()) return;
  std::size_t at = 0;
  std::string_view rest = output->text;
  for (const phiwire::Finding& finding : output->findings) {
    Require(at <= finding.begin && finding.begin < finding.end);
    Require(finding.end <= text.size());
    Require((static_cast<unsigned char>(text[finding.begin]) & 0xC0) != 0x80);
    const std::string_view between = text.substr(at, finding.begin - at);
    Require(rest.substr(0, between.size()) == between);
    rest.remove_prefix(between.size());
    const std::size_t placeholder = rest.find(']');
    Require(placeholder != std::string_view::npos);
    rest.remove_prefix(placeholder + 1);
    at = finding.end;
  }
  Require(rest == text.substr(at));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  CheckText(bytes);
  (void)Shared().File(bytes, phiwire::Format::kLog);
  (void)Shared().File(bytes, phiwire::Format::kHl7);
  return 0;
}
