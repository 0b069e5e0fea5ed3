// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_writer.h"

#include <array>
#include <charconv>
#include <cstddef>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "policy/sensitivity.h"

namespace phiwire {
namespace {

// Always in double quotes, so no text is taken for a number or null.
std::string Quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\"";
  for (char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += {'\\', c};
    } else if (byte < 0x20 || byte == 0x7F) {
      out += {'\\', 'x', kHex[byte >> 4], kHex[byte & 15]};
    } else {
      out += c;
    }
  }
  return out + '"';
}

std::string Number(double value) {
  std::array<char, 32> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), result.ptr);
}

void WriteText(std::string_view key, std::string_view text, std::string* out) {
  if (!text.empty()) *out += Concat({key, ": ", Quoted(text), "\n"});
}

void WriteList(std::string_view key, const std::vector<std::string>& texts,
               std::string* out) {
  if (texts.empty()) return;
  *out += Concat({key, ":\n"});
  for (const std::string& text : texts) {
    *out += Concat({"  - ", Quoted(text), "\n"});
  }
}

std::string TypeLine(PhiType type, const TypePolicy& policy) {
  std::string out = Concat({"  ", TypeName(type),
                            ": {enabled: ", policy.enabled ? "true" : "false",
                            ", anonymizer: ", Quoted(policy.anonymizer)});
  for (const auto& [name, value] : policy.params) {
    out += Concat({", ", name, ": ", Quoted(value)});
  }
  if (policy.threshold.has_value()) {
    out += Concat({", threshold: ", Number(*policy.threshold)});
  }
  return out + "}\n";
}

}  // namespace

std::string ToYaml(const Policy& policy) {
  std::string out = "version: 1\nextends: none\n";
  WriteText("name", policy.name, &out);
  out += Concat({"sensitivity: ", SensitivityName(policy.sensitivity), "\n"});
  out += Concat({"max_record: ", std::to_string(policy.max_record), "\n"});
  WriteList("rules", policy.rule_dirs, &out);
  WriteText("weights", policy.weights_file, &out);
  WriteText("key", policy.key_file, &out);
  WriteText("roster", policy.roster_file, &out);
  WriteList("allow", policy.allow, &out);
  WriteList("deny", policy.deny, &out);
  out += "types:\n";
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    out += TypeLine(static_cast<PhiType>(i), policy.types[i]);
  }
  return out;
}

}  // namespace phiwire
