// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as YAML and as a policy: accepted or refused with a Status whose
// message starts with the source's name.

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/yaml.h"
#include "phiwire/policy.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto node = phiwire::ParseYaml(text, "fuzz");
  if (!node.ok() &&
      std::string(node.status().message()).rfind("fuzz", 0) != 0) {
    std::abort();
  }
  const auto policy = phiwire::Policy::FromYaml(text, "fuzz", "/nonexistent");
  if (policy.ok() && !node.ok()) std::abort();
  return 0;
}
