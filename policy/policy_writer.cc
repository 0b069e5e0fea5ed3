// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_writer.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "policy/on_failure.h"
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

// Numbers and booleans of docs/policy.schema.json stand bare, all else quoted.
std::string ParamValue(std::string_view name, const std::string& value) {
  constexpr std::array<std::string_view, 7> kBare = {
      "days",   "everywhere", "keep_last", "key_id",
      "length", "numbered",   "remember"};
  const bool number = !value.empty() && value.find_first_not_of("0123456789") ==
                                            std::string::npos;
  const bool bare =
      std::find(kBare.begin(), kBare.end(), name) != kBare.end() &&
      (number || value == "true" || value == "false");
  return bare ? value : Quoted(value);
}

std::string Settings(const TypePolicy& policy) {
  std::string out = Concat({"anonymizer: ", Quoted(policy.anonymizer)});
  for (const auto& [name, value] : policy.params) {
    out += Concat({", ", name, ": ", ParamValue(name, value)});
  }
  if (policy.on_failure != OnFailure::kRefuse) {
    out += Concat({", on_failure: ", OnFailureName(policy.on_failure)});
  }
  return out;
}

std::string TypeLine(PhiType type, const TypePolicy& policy) {
  std::string out = Concat({"  ", TypeName(type),
                            ": {enabled: ", policy.enabled ? "true" : "false",
                            ", ", Settings(policy)});
  if (policy.threshold.has_value()) {
    out += Concat({", threshold: ", Number(*policy.threshold)});
  }
  return out + "}\n";
}

std::string AsWord(const SiteRule& rule) {
  switch (rule.as) {
    case SiteRule::As::kText:
      return "as: text";
    case SiteRule::As::kKeep:
      return "as: keep";
    case SiteRule::As::kDrop:
      return "as: drop";
    case SiteRule::As::kSlot:
      break;
  }
  return Concat({"as: ", TypeName(rule.type)});
}

// The last rule of a place; null when there is none.
const SiteRule* SiteRuleOf(const Policy& policy, std::optional<Format> format,
                           std::string_view place) {
  for (auto it = policy.site.rbegin(); it != policy.site.rend(); ++it) {
    if (it->first == format && it->second.place == place) return &it->second;
  }
  return nullptr;
}

// Places with a site rule but no anonymizer of their own.
std::string SiteLines(const Policy& policy, std::optional<Format> format,
                      std::string_view indent) {
  std::string lines;
  for (const auto& [of, rule] : policy.site) {
    const std::string& place = rule.place;
    const bool has_override = std::any_of(
        policy.overrides.begin(), policy.overrides.end(),
        [&](const auto& o) { return o.format == format && o.field == place; });
    if (of != format || has_override ||
        SiteRuleOf(policy, format, place) != &rule) {
      continue;
    }
    lines += Concat({indent, "  ", Quoted(place), ": {", AsWord(rule), "}\n"});
  }
  return lines;
}

// Overrides of one part ("slots", ...) and format, as a block of `indent`.
std::string Part(const Policy& policy, std::string_view part,
                 std::optional<Format> format, std::string_view indent) {
  std::string lines;
  for (const PolicyOverride& where : policy.overrides) {
    const std::string_view own = !where.field.empty() ? "fields"
                                 : where.slots        ? "slots"
                                                      : "types";
    if (own != part || where.format != format) continue;
    const std::string key = !where.field.empty()
                                ? Quoted(where.field)
                                : std::string(TypeName(*where.type));
    const SiteRule* as = SiteRuleOf(policy, format, where.field);
    const std::string taken = as == nullptr ? "" : AsWord(*as) + ", ";
    lines += Concat(
        {indent, "  ", key, ": {", taken, Settings(where.policy), "}\n"});
  }
  if (part == "fields") lines += SiteLines(policy, format, indent);
  return lines.empty() ? lines : Concat({indent, part, ":\n", lines});
}

// A later override of the same place wins, and a map can hold it once only.
Policy WithoutRepeats(Policy policy) {
  auto& all = policy.overrides;
  const auto same = [](const PolicyOverride& a, const PolicyOverride& b) {
    return a.format == b.format && a.slots == b.slots && a.field == b.field &&
           a.type == b.type;
  };
  for (std::size_t i = 0; i < all.size();) {
    bool again = false;
    for (std::size_t j = i + 1; j < all.size(); ++j) {
      again = again || same(all[i], all[j]);
    }
    if (again) {
      all.erase(all.begin() + static_cast<std::ptrdiff_t>(i));
    } else {
      ++i;
    }
  }
  return policy;
}

std::string Places(const Policy& all) {
  const Policy policy = WithoutRepeats(all);
  std::string out = Part(policy, "slots", std::nullopt, "") +
                    Part(policy, "fields", std::nullopt, "");
  std::string formats;
  for (std::size_t i = 1; i < kFormatCount; ++i) {
    const auto format = static_cast<Format>(i);
    std::string inner;
    for (const std::string_view part : {"types", "slots", "fields"}) {
      inner += Part(policy, part, format, "    ");
    }
    if (inner.empty()) continue;
    formats += Concat({"  ", FormatName(format), ":\n", inner});
  }
  return formats.empty() ? out : Concat({out, "formats:\n", formats});
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
  WriteList("old_keys", policy.old_keys, &out);
  WriteText("tenant", policy.tenant, &out);
  WriteText("vault", policy.vault_file, &out);
  WriteText("vault_key", policy.vault_key, &out);
  WriteText("roster", policy.roster_file, &out);
  WriteText("columns", policy.columns_file, &out);
  WriteList("allow", policy.allow, &out);
  WriteList("deny", policy.deny, &out);
  out += "types:\n";
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    out += TypeLine(static_cast<PhiType>(i), policy.types[i]);
  }
  return out + Places(policy);
}

}  // namespace phiwire
