// SPDX-License-Identifier: Apache-2.0

#include "policy/policy_words.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "policy/anonymizer_catalogue.h"
#include "policy/anonymizer_set.h"
#include "policy/on_failure.h"
#include "policy/sensitivity.h"

namespace phiwire {
namespace {

using enum PhiType;

// How much of a value is left.
enum class Left { kNothing, kDerived, kWhole };

struct Words {
  std::string_view anonymizer;
  std::string_view what;
  Left left;
};

constexpr std::array<Words, 11> kWords = {{
    {"date_shift", "moved by the patient's own number of days", Left::kDerived},
    {"encrypt", "encrypted; the key leads back", Left::kDerived},
    {"fpe", "encrypted in its own format; the key leads back", Left::kDerived},
    {"generalize", "made coarser, as Safe Harbor allows", Left::kNothing},
    {"hash", "a keyed token, the same for the same value", Left::kDerived},
    {"keep", "STAYS as it is", Left::kWhole},
    {"mask", "masked; its shape stays", Left::kDerived},
    {"redact", "taken out, nothing in its place", Left::kNothing},
    {"replace", "a placeholder", Left::kNothing},
    {"surrogate", "a realistic fake, the same for the same value",
     Left::kDerived},
    {"token", "a random token", Left::kNothing},
}};

struct Identifier {
  std::string_view name;
  std::array<PhiType, 5> types;
  std::size_t count;
};

// The eighteen, (A) to (R).
constexpr std::array<Identifier, 18> kEighteen = {{
    {"names", {kName}, 1},
    {"places smaller than a State",
     {kStreet, kCity, kCounty, kZip, kLocation},
     5},
    {"dates but the year, and ages over 89", {kDate, kAge}, 2},
    {"telephone numbers", {kPhone}, 1},
    {"fax numbers", {kFax}, 1},
    {"email addresses", {kEmail}, 1},
    {"Social Security numbers", {kSsn}, 1},
    {"medical record numbers", {kMedicalRecord}, 1},
    {"health plan numbers", {kHealthPlan}, 1},
    {"account numbers", {kAccount}, 1},
    {"certificate and license numbers", {kLicense}, 1},
    {"vehicle identifiers", {kVehicle}, 1},
    {"device identifiers", {kDevice}, 1},
    {"URLs", {kUrl}, 1},
    {"IP addresses", {kIpAddress}, 1},
    {"biometric identifiers", {kBiometric}, 1},
    {"full-face photographs", {kPhoto}, 1},
    {"any other unique number or code", {kId, kUsername}, 2},
}};

const Words* Find(std::string_view anonymizer) {
  const auto* const found =
      std::find_if(kWords.begin(), kWords.end(),
                   [&](const Words& w) { return w.anonymizer == anonymizer; });
  return found == kWords.end() ? nullptr : found;
}

// generalize keeps more than Safe Harbor lets stay when it is told to.
bool GoesBeyond(const TypePolicy& type) {
  const auto is_other = [&](const char* name, std::string_view usual) {
    const auto it = type.params.find(name);
    return it != type.params.end() && it->second != usual;
  };
  return type.anonymizer == "generalize" &&
         (is_other("dates", "year") || is_other("coordinates", "remove"));
}

Left LeftBy(const TypePolicy& type) {
  const Words* words = Find(type.anonymizer);
  if (words == nullptr || GoesBeyond(type)) return Left::kDerived;
  return words->left;
}

std::string Number(double value) {
  std::array<char, 32> buffer{};
  const auto result =
      std::to_chars(buffer.data(), buffer.data() + buffer.size(), value);
  return std::string(buffer.data(), result.ptr);
}

// Settings that read better than as a name and a value.
std::string Setting(const std::string& name, const std::string& value) {
  if (name == "numbered") {
    return value == "true" ? ", numbered within the record" : "";
  }
  if (name == "ids") {
    return value == "token" ? "; where a slot needs an id, a random token" : "";
  }
  return Concat({", ", name, " ", value});
}

std::string What(const TypePolicy& type) {
  const Words* words = Find(type.anonymizer);
  std::string out = words == nullptr
                        ? Concat({"what ", type.anonymizer, " makes of it"})
                        : std::string(words->what);
  if (GoesBeyond(type)) out = "made coarser, less than Safe Harbor asks";
  for (const auto& [name, value] : type.params) out += Setting(name, value);
  if (type.threshold) {
    out += Concat({"; found from a score of ", Number(*type.threshold), " on"});
  }
  if (type.on_failure != OnFailure::kRefuse) {
    out += Concat({"; where that fails: ", OnFailureName(type.on_failure)});
  }
  return out;
}

std::string Line(std::string_view name, std::string_view what) {
  constexpr std::size_t kColumn = 16;
  std::string out = Concat({"  ", name, " "});
  if (out.size() < kColumn) out.resize(kColumn, ' ');
  return Concat({out, what, "\n"});
}

std::string Where(const PolicyOverride& where) {
  std::string out;
  if (where.format) out = Concat({FormatName(*where.format), " "});
  if (!where.field.empty()) return Concat({out, "field ", where.field, ":"});
  return Concat({out, where.slots ? "slots of " : "",
                 where.type ? TypeName(*where.type) : "any type", ":"});
}

// The most that may be left of a type anywhere but in fields of their own.
Left LeftOf(const Policy& policy, PhiType type) {
  if (!policy[type].enabled) return Left::kWhole;
  Left left = LeftBy(policy[type]);
  for (const PolicyOverride& where : policy.overrides) {
    if (!where.field.empty() || (where.type && *where.type != type)) continue;
    left = std::max(left, LeftBy(where.policy));
  }
  return left;
}

std::string Eighteen(const Policy& policy, Left wanted) {
  std::string out;
  for (const Identifier& identifier : kEighteen) {
    std::string types;
    for (const PhiType type :
         std::span(identifier.types).first(identifier.count)) {
      if (LeftOf(policy, type) != wanted) continue;
      types += Concat({types.empty() ? "" : " ", TypeName(type)});
    }
    if (types.empty()) continue;
    out += Concat({"  ", identifier.name, " (", types, ")\n"});
  }
  return out;
}

// 164.514(e)(2): what a limited data set may hold.
bool IsLimitedDataset(const Policy& policy) {
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    const bool may = type == kDate || type == kAge || type == kCity ||
                     type == kZip || type == kFacility || type == kEmployer ||
                     type == kUsername || type == kProfession;
    if (!may && LeftOf(policy, type) != Left::kNothing) return false;
  }
  return true;
}

std::string Verdict(const Policy& policy, bool left, bool in_fields) {
  if (!left && !in_fields) {
    return "None of the eighteen identifiers is left in: what 45 CFR "
           "164.514(b)(2)\n(Safe Harbor) asks of the text, as far as they are "
           "found.\n";
  }
  if (!left) {
    return "Safe Harbor (45 CFR 164.514(b)(2)) only if nothing of the eighteen "
           "stands in the\nfields that are left.\n";
  }
  if (IsLimitedDataset(policy)) {
    return Concat(
        {"This is no Safe Harbor. It leaves in what a limited data "
         "set may hold\n(45 CFR 164.514(e)), which needs a data use "
         "agreement.\n",
         in_fields ? "See that the fields left hold no more.\n" : ""});
  }
  return "This is no Safe Harbor: it needs an expert's determination\n(45 CFR "
         "164.514(b)(1)), or use inside the covered entity.\n";
}

std::string SiteLine(Format format, const SiteRule& rule) {
  std::string what;
  switch (rule.as) {
    case SiteRule::As::kText:
      what = "is scanned as text";
      break;
    case SiteRule::As::kKeep:
      what = "STAYS, unless it repeats a known value";
      break;
    case SiteRule::As::kDrop:
      what = "is emptied";
      break;
    case SiteRule::As::kSlot:
      what = Concat({"is a ", TypeName(rule.type)});
      break;
  }
  return Line(Concat({FormatName(format), " ", rule.place}), what);
}

// Fields where whatever is found is not taken out.
std::string Fields(const Policy& policy) {
  std::string out;
  for (const PolicyOverride& where : policy.overrides) {
    if (where.field.empty() || LeftBy(where.policy) == Left::kNothing) continue;
    out += Line(Where(where), What(where.policy));
  }
  for (const auto& [format, rule] : policy.site) {
    if (rule.as == SiteRule::As::kKeep) out += SiteLine(format, rule);
  }
  return out;
}

// Types that HIPAA doesn't list and that still say where somebody was.
std::string Beside(const Policy& policy) {
  std::string out;
  for (const PhiType type : {kFacility, kEmployer}) {
    if (LeftOf(policy, type) == Left::kNothing) continue;
    out += Concat({out.empty() ? "" : " ", TypeName(type)});
  }
  return out.empty()
             ? out
             : Concat({"Not of the eighteen, but it narrows down who it "
                       "is: ",
                       out, "\n"});
}

bool IsKeyed(const TypePolicy& type) {
  const AnonymizerEntry* entry = FindAnonymizer(type.anonymizer);
  return entry != nullptr && entry->needs == AnonymizerEntry::kNeedsKey;
}

std::string KeysAndTokens(const Policy& policy) {
  const bool keyed =
      std::any_of(
          policy.types.begin(), policy.types.end(),
          [](const TypePolicy& t) { return t.enabled && IsKeyed(t); }) ||
      std::any_of(policy.overrides.begin(), policy.overrides.end(),
                  [](const PolicyOverride& o) { return IsKeyed(o.policy); });
  std::string out = keyed ? "Key: needed (phiwire keygen)\n" : "";
  if (AnonymizerSet::WantsVault(policy)) {
    out += policy.vault_file.empty()
               ? "Random tokens: of one run, nothing leads back\n"
               : "Random tokens: kept in the vault, its key leads back\n";
  }
  return out;
}

std::string HowFound(const Policy& policy) {
  std::string out =
      Concat({"Sensitivity: ", SensitivityName(policy.sensitivity)});
  if (policy.sensitivity == Sensitivity::kPrecise) {
    out += "; what it is not sure of STAYS";
  }
  out += "\n";
  if (!policy.allow.empty()) {
    out += Concat({"Texts that always STAY (allow): ",
                   std::to_string(policy.allow.size()), "\n"});
  }
  if (!policy.deny.empty()) {
    out += Concat({"Texts that are always found (deny): ",
                   std::to_string(policy.deny.size()), "\n"});
  }
  return out;
}

}  // namespace

std::string InWords(const Policy& policy) {
  std::string out = Concat({"Policy ", policy.name, "\n\n", HowFound(policy),
                            KeysAndTokens(policy), "\nWhat is found:\n"});
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const TypePolicy& type = policy.types[i];
    out += Line(TypeName(static_cast<PhiType>(i)),
                type.enabled ? What(type) : "is not looked for: STAYS");
  }
  if (!policy.overrides.empty()) out += "\nOtherwise in:\n";
  for (const PolicyOverride& where : policy.overrides) {
    out += Line(Where(where), What(where.policy));
  }
  if (!policy.site.empty()) out += "\nPlaces read otherwise:\n";
  for (const auto& [format, rule] : policy.site) out += SiteLine(format, rule);
  const std::string whole = Eighteen(policy, Left::kWhole);
  const std::string derived = Eighteen(policy, Left::kDerived);
  const std::string fields = Fields(policy);
  out += "\nOf HIPAA's eighteen identifiers it leaves in:\n";
  out += whole.empty() ? "  none\n" : whole;
  if (!derived.empty()) {
    out += Concat({"and in a form derived from them:\n", derived});
  }
  if (!fields.empty()) out += Concat({"and whatever stands in:\n", fields});
  const bool left = !whole.empty() || !derived.empty();
  return Concat(
      {out, Beside(policy), "\n", Verdict(policy, left, !fields.empty())});
}

}  // namespace phiwire
