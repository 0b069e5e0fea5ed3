// SPDX-License-Identifier: Apache-2.0

#include "phiwire/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <string_view>

#include "base/yaml.h"
#include "policy/anonymizer_catalogue.h"
#include "policy/builtin_policies.h"
#include "policy/policy_words.h"
#include "policy/policy_writer.h"

namespace phiwire {
namespace {

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

Policy Read(std::string_view yaml, std::string_view base_dir = ".") {
  auto policy = Policy::FromYaml(yaml, "p.yaml", base_dir);
  EXPECT_TRUE(policy.ok()) << Message(policy.status());
  return policy.ok() ? *std::move(policy) : Policy();
}

std::string Slurp(const std::string& path) {
  std::ifstream in(path);
  EXPECT_TRUE(in.is_open()) << path;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

struct BadPolicy {
  std::string_view yaml;
  std::string_view message;
};

constexpr BadPolicy kBad[] = {
    {"", "p.yaml:1:1: expected a map"},
    {"[]", "p.yaml:1:1: expected a map"},
    {"name: x\n", "p.yaml:1:1: no version; write version: 1"},
    {"version: 2\n",
     "p.yaml:1:10: this phiwire reads policies of version 1 only"},
    {"version: \"1\"\n", "p.yaml:1:10: expected a whole number"},
    {"version: 1\nversion: 1\n", "p.yaml:2:1: duplicate key \"version\""},
    {"version: 1\ntype: {}\n",
     "p.yaml:2:1: unknown key \"type\"; known: version, extends, name, "
     "sensitivity, max_record, rules, weights, key, old_keys, tenant, vault, "
     "vault_key, roster, columns, allow, deny, types, slots, fields, formats"},
    {"version: 1\nextends: safe-harbour\n",
     "p.yaml:2:10: unknown policy; known: none, limited-dataset, log, "
     "research, "
     "safe-harbor, surrogate, or a path"},
    {"version: 1\nextends: no/such/file.yaml\n",
     "p.yaml:2:10: the policy it extends is no readable file"},
    {"version: 1\nextends: [safe-harbor]\n", "p.yaml:2:10: expected text"},
    {"version: 1\nname: [x]\n", "p.yaml:2:7: expected text"},
    {"version: 1\nsensitivity: high\n",
     "p.yaml:2:14: expected strict, balanced or precise"},
    {"version: 1\nmax_record: 0\n",
     "p.yaml:2:13: max_record must be from 1 to 1073741824 bytes"},
    {"version: 1\nmax_record: 2000000000\n",
     "p.yaml:2:13: max_record must be from 1 to 1073741824 bytes"},
    {"version: 1\nmax_record: 64M\n", "p.yaml:2:13: expected a whole number"},
    {"version: 1\nrules: {a: b}\n", "p.yaml:2:8: expected a list of texts"},
    {"version: 1\nrules:\n", "p.yaml:2:1: expected a list of texts"},
    {"version: 1\nrules: ['']\n", "p.yaml:2:8: expected paths"},
    {"version: 1\nweights: ''\n", "p.yaml:2:10: expected a path"},
    {"version: 1\nkey: [k]\n", "p.yaml:2:6: expected text"},
    {"version: 1\nallow: [SECRET, ' ']\n",
     "p.yaml:2:8: an empty text would match everywhere"},
    {"version: 1\ndeny: [[SECRET]]\n", "p.yaml:2:8: expected text"},
    {"version: 1\ntypes: DATE\n", "p.yaml:2:8: expected a map"},
    {"version: 1\ntypes:\n  Date: {}\n",
     "p.yaml:3:3: unknown type \"Date\"; known: NAME, STREET, CITY, COUNTY, "
     "ZIP, LOCATION, DATE, AGE, PHONE, FAX, EMAIL, SSN, MEDICALRECORD, "
     "HEALTHPLAN, ACCOUNT, LICENSE, VEHICLE, DEVICE, URL, IPADDRESS, "
     "BIOMETRIC, PHOTO, ID, FACILITY, EMPLOYER, USERNAME, PROFESSION"},
    {"version: 1\ntypes:\n  DATE: hash\n", "p.yaml:3:9: expected a map"},
    {"version: 1\ntypes:\n  DATE:\n", "p.yaml:3:3: expected a map"},
    {"version: 1\ntypes:\n  DATE: {anonymizer: SECRET}\n",
     "p.yaml:3:22: unknown anonymizer; known: date_shift, encrypt, fpe, "
     "generalize, hash, keep, mask, redact, replace, surrogate, token"},
    {"version: 1\ntypes:\n  DATE: {threshold: 1.5}\n",
     "p.yaml:3:21: a threshold must be from 0 to 1"},
    {"version: 1\ntypes:\n  DATE: {threshold: -0.1}\n",
     "p.yaml:3:21: a threshold must be from 0 to 1"},
    {"version: 1\ntypes:\n  DATE: {threshold: nan}\n",
     "p.yaml:3:21: expected a number"},
    {"version: 1\ntypes:\n  DATE: {enabled: no}\n",
     "p.yaml:3:19: expected true or false"},
    {"version: 1\ntypes:\n  DATE: {anonymiser: hash}\n",
     "p.yaml:3:10: unknown key \"anonymiser\"; known with anonymizer replace: "
     "enabled, anonymizer, on_failure, threshold, with, numbered, ids"},
    {"version: 1\ntypes:\n  DATE: {length: 8}\n",
     "p.yaml:3:10: unknown key \"length\"; known with anonymizer replace: "
     "enabled, anonymizer, on_failure, threshold, with, numbered, ids"},
    {"version: 1\ntypes:\n  DATE: {length: 7, anonymizer: hash}\n",
     "p.yaml:3:18: anonymizer hash: length: must be a whole number from 12 to "
     "42"},
    {"version: 1\ntypes:\n  DATE: {anonymizer: mask, char: [x]}\n",
     "p.yaml:3:34: expected text"},
    {"version: 1\ntypes:\n  DATE: {with: \"SECRET\\n\"}\n",
     "p.yaml:3:16: anonymizer replace: with: must be at most 256 bytes of "
     "UTF-8 without control characters"},
    {"version: 1\ntypes:\n  DATE: {on_failure: ignore}\n",
     "p.yaml:3:22: expected refuse, replace or redact"},
    {"version: 1\nslots:\n  DATE: {threshold: 0.5, anonymizer: keep}\n",
     "p.yaml:3:10: unknown key \"threshold\"; known with anonymizer keep: "
     "anonymizer, on_failure"},
    {"version: 1\nslots:\n  DATE: {on_failure: redact}\n",
     "p.yaml:3:9: names no anonymizer"},
    {"version: 1\nfields:\n  P*D: {anonymizer: keep}\n",
     "p.yaml:3:3: a field is a path such as PID-5 or PID-11.1; a * may end "
     "it"},
    {"version: 1\nfields:\n  ZPI-4: {as: text}\n",
     "p.yaml:3:15: as depends on the format: put the field under formats: and "
     "its format's name"},
    {"version: 1\nformats:\n  hl7:\n    fields:\n      ZPI-4: {as: all}\n",
     "p.yaml:5:19: expected text, keep, drop or a type"},
    {"version: 1\nformats:\n  hl7:\n    fields:\n      ZPI-4: {as: drop, "
     "length: 2}\n",
     "p.yaml:5:25: unknown key \"length\"; known: as"},
    {"version: 1\nformats:\n  pdf: {}\n", "p.yaml:3:3: unknown format \"pdf\""},
    {"version: 1\nformats:\n  hl7: {type: {}}\n",
     "p.yaml:3:9: unknown key \"type\"; known: types, slots, fields"},
    {"version: 1\ntypes:\n  DATE: {anonymizer: user:a b}\n",
     "p.yaml:3:22: unknown anonymizer; known: date_shift, encrypt, fpe, "
     "generalize, hash, keep, mask, redact, replace, surrogate, token"},
    {"version: 1\nkey: &k SECRET\n", "p.yaml:2:6: anchors are not allowed"},
};

TEST(Policy, RefusesBadFilesWithTheirPlace) {
  for (const BadPolicy& row : kBad) {
    const auto policy = Policy::FromYaml(row.yaml, "p.yaml");
    ASSERT_FALSE(policy.ok()) << row.yaml;
    EXPECT_EQ(policy.status().code(), absl::StatusCode::kInvalidArgument);
    EXPECT_EQ(Message(policy.status()), row.message) << row.yaml;
  }
}

TEST(Policy, SafeHarborReplacesEveryTypeButProfession) {
  const Policy policy = Policy::SafeHarbor();
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    EXPECT_EQ(policy.types[i].enabled,
              static_cast<PhiType>(i) != PhiType::kProfession);
    EXPECT_EQ(policy.types[i].anonymizer, "replace");
    EXPECT_FALSE(policy.types[i].threshold.has_value());
  }
  EXPECT_EQ(policy.name, "safe-harbor");
  EXPECT_EQ(policy.max_record, std::size_t{64} << 20);
}

TEST(Policy, NumbersAndBooleansAreWrittenBare) {
  const std::string yaml =
      ToYaml(Read("version: 1\nkey: site.key\ntypes:\n"
                  "  SSN: {anonymizer: hash, length: 14, key_id: false}\n"
                  "  NAME: {anonymizer: replace, with: \"12\"}\n"));
  EXPECT_NE(yaml.find("length: 14"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("key_id: false"), std::string::npos) << yaml;
  EXPECT_NE(yaml.find("with: \"12\""), std::string::npos) << yaml;
}

TEST(Policy, BuiltInOnesAreReadStrictlyAndNamed) {
  for (const BuiltinPolicy& builtin : BuiltinPolicies()) {
    const auto policy = Policy::Named(builtin.name);
    ASSERT_TRUE(policy.ok()) << Message(policy.status());
    EXPECT_EQ(policy->name, builtin.name);
  }
  EXPECT_EQ(ToYaml(*Policy::Named("safe-harbor")),
            ToYaml(Policy::SafeHarbor()));
  const auto unknown = Policy::Named("Safe-Harbor");
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(
      Message(unknown.status()),
      "no built-in policy of that name; known: limited-dataset, log, research, "
      "safe-harbor, surrogate");
}

TEST(Policy, ReadsEveryKey) {
  const Policy policy = Read(
      "version: 1\n"
      "extends: safe-harbor\n"
      "name: site\n"
      "sensitivity: strict\n"
      "max_record: 1048576\n"
      "rules: [site-rules/, /etc/rules]\n"
      "weights: w.tsv\n"
      "key: ../site.key\n"
      "roster: patients.csv\n"
      "allow: [Alzheimer, Foley]\n"
      "deny: ZZ-9\n"
      "types:\n"
      "  DATE: {anonymizer: hash, threshold: 0.5, length: 20}\n"
      "  FACILITY: {anonymizer: keep}\n"
      "  SSN: {char: '#', anonymizer: mask, keep_last: 4}\n"
      "  PROFESSION: {enabled: true}\n"
      "  AGE: {enabled: false}\n"
      "  NAME: {with: 'NAME: \"x\"'}\n",
      "/site/conf");
  EXPECT_EQ(policy.name, "site");
  EXPECT_EQ(policy.sensitivity, Sensitivity::kStrict);
  EXPECT_EQ(policy.max_record, 1048576u);
  EXPECT_THAT(policy.rule_dirs,
              testing::ElementsAre("/site/conf/site-rules/", "/etc/rules"));
  EXPECT_EQ(policy.weights_file, "/site/conf/w.tsv");
  EXPECT_EQ(policy.key_file, "/site/site.key");
  EXPECT_EQ(policy.roster_file, "/site/conf/patients.csv");
  EXPECT_THAT(policy.allow, testing::ElementsAre("Alzheimer", "Foley"));
  EXPECT_THAT(policy.deny, testing::ElementsAre("ZZ-9"));
  EXPECT_EQ(policy[PhiType::kDate].anonymizer, "hash");
  EXPECT_EQ(policy[PhiType::kDate].threshold, 0.5);
  EXPECT_EQ(policy[PhiType::kDate].params.at("length"), "20");
  EXPECT_EQ(policy[PhiType::kFacility].anonymizer, "keep");
  EXPECT_EQ(policy[PhiType::kSsn].params.at("char"), "#");
  EXPECT_EQ(policy[PhiType::kSsn].params.at("keep_last"), "4");
  EXPECT_TRUE(policy[PhiType::kProfession].enabled);
  EXPECT_FALSE(policy[PhiType::kAge].enabled);
  EXPECT_EQ(policy[PhiType::kCity].anonymizer, "replace");
  EXPECT_EQ(ToYaml(Read(ToYaml(policy))), ToYaml(policy));
}

TEST(Policy, ReadsPlacesAndWritesThemAgain) {
  const Policy policy = Read(
      "version: 1\n"
      "key: env:SITE_KEY\n"
      "old_keys: [old.key, 'fd:3']\n"
      "tenant: ward 7\n"
      "vault: v.sqlite\n"
      "vault_key: vault.key\n"
      "types: {NAME: {anonymizer: hash, on_failure: replace}}\n"
      "slots: {DATE: {anonymizer: date_shift}}\n"
      "fields: {PID-8: {anonymizer: keep}, 'ZX*': {anonymizer: redact}}\n"
      "formats:\n"
      "  hl7: {fields: {PID-8: {anonymizer: redact}}}\n"
      "  log: {types: {NAME: {anonymizer: replace, numbered: true}}}\n",
      "/site");
  EXPECT_EQ(policy.key_file, "env:SITE_KEY");
  EXPECT_THAT(policy.old_keys, testing::ElementsAre("/site/old.key", "fd:3"));
  EXPECT_EQ(policy.vault_file, "/site/v.sqlite");
  EXPECT_EQ(policy.vault_key, "/site/vault.key");
  EXPECT_EQ(policy.tenant, "ward 7");
  EXPECT_EQ(policy[PhiType::kName].on_failure, OnFailure::kReplace);
  ASSERT_EQ(policy.overrides.size(), 5u);
  EXPECT_EQ(policy.places.at("vault"), "p.yaml:5:8");
  EXPECT_EQ(policy[PhiType::kName].place, "p.yaml:7:28");
  EXPECT_EQ(ToYaml(Read(ToYaml(policy))), ToYaml(policy));
}

TEST(Policy, PlacesOfAFormatAreTakenForWhatASiteSays) {
  const Policy policy = Read(
      "version: 1\nformats:\n  hl7:\n    fields:\n"
      "      ZPI-3: {as: NAME}\n"
      "      ZPI-4: {as: keep}\n"
      "      ZPI-5: {as: DATE, anonymizer: redact}\n"
      "  fhir:\n    fields:\n"
      "      \"Patient.extension('http://a.example/b')\": {as: drop}\n");
  ASSERT_EQ(policy.site.size(), 4u);
  EXPECT_EQ(policy.site[0].first, Format::kHl7);
  EXPECT_EQ(policy.site[0].second.as, SiteRule::As::kSlot);
  EXPECT_EQ(policy.site[0].second.type, PhiType::kName);
  EXPECT_EQ(policy.site[1].second.as, SiteRule::As::kKeep);
  ASSERT_EQ(policy.overrides.size(), 1u);
  EXPECT_EQ(policy.overrides[0].field, "ZPI-5");
  EXPECT_EQ(policy.site[3].second.place,
            "Patient.extension('http://a.example/b')");
  const std::string again = ToYaml(policy);
  EXPECT_EQ(ToYaml(Read(again)), again);
  EXPECT_EQ(Read(again).site.size(), 4u);
  EXPECT_THAT(InWords(policy), testing::HasSubstr("hl7 ZPI-4"));
}

TEST(Policy, WithoutExtendsItStartsFromSafeHarbor) {
  EXPECT_FALSE(Read("version: 1\n")[PhiType::kProfession].enabled);
  EXPECT_TRUE(
      Read("version: 1\nextends: none\n")[PhiType::kProfession].enabled);
  EXPECT_EQ(Read("version: 1\n").name, "p.yaml");
}

TEST(Policy, WritesTextThatNeedsQuoting) {
  Policy policy;
  policy.name = "a \"b\" \\ c: # \n\t\x7F \xC3\xA9";
  policy.deny = {"null", "1", "~", "- x", "{", "*a", "&b", "!c", "'", "%"};
  policy[PhiType::kName].params["with"] = "<{TYPE}>: \"";
  policy[PhiType::kName].threshold = 0.1;
  policy[PhiType::kDate].threshold = 1e-7;
  const Policy back = Read(ToYaml(policy));
  EXPECT_EQ(back.name, policy.name);
  EXPECT_EQ(back.deny, policy.deny);
  EXPECT_EQ(back[PhiType::kName].params, policy[PhiType::kName].params);
  EXPECT_EQ(back[PhiType::kName].threshold, 0.1);
  EXPECT_EQ(back[PhiType::kDate].threshold, 1e-7);
}

class PolicyFiles : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = testing::TempDir() + std::to_string(::getpid()) +
           "phiwire_policy_test/";
    std::filesystem::create_directories(dir_ + "base");
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }
  std::string Write(const std::string& name, std::string_view text) {
    std::ofstream(dir_ + name) << text;
    return dir_ + name;
  }
  std::string dir_;
};

TEST_F(PolicyFiles, ExtendOneAnother) {
  Write("base/region.yaml",
        "version: 1\nkey: region.key\nallow: [Foley]\nrules: [r]\n"
        "types:\n"
        "  DATE: {anonymizer: hash, length: 20, threshold: 0.2}\n"
        "  SSN: {anonymizer: mask, keep_last: 4}\n"
        "  AGE: {enabled: false}\n");
  const std::string path =
      Write("site.yaml",
            "version: 1\nextends: base/region.yaml\nallow: [Bell]\n"
            "rules: [s]\n"
            "types:\n"
            "  DATE: {length: 30}\n"
            "  SSN: {anonymizer: replace}\n");
  const auto policy = Policy::FromFile(path);
  ASSERT_TRUE(policy.ok()) << Message(policy.status());
  EXPECT_EQ(policy->name, "site");
  EXPECT_EQ(policy->key_file, dir_ + "base/region.key");
  EXPECT_THAT(policy->allow, testing::ElementsAre("Foley", "Bell"));
  EXPECT_THAT(policy->rule_dirs,
              testing::ElementsAre(dir_ + "base/r", dir_ + "s"));
  EXPECT_EQ((*policy)[PhiType::kDate].anonymizer, "hash");
  EXPECT_EQ((*policy)[PhiType::kDate].params.at("length"), "30");
  EXPECT_EQ((*policy)[PhiType::kDate].threshold, 0.2);
  // Another anonymizer drops the settings of the one before.
  EXPECT_TRUE((*policy)[PhiType::kSsn].params.empty());
  EXPECT_FALSE((*policy)[PhiType::kAge].enabled);
  EXPECT_FALSE((*policy)[PhiType::kProfession].enabled);
}

TEST_F(PolicyFiles, CirclesAndLongChainsAreErrors) {
  Write("a.yaml", "version: 1\nextends: b.yaml\n");
  const std::string b = Write("b.yaml", "version: 1\nextends: ./a.yaml\n");
  EXPECT_EQ(Message(Policy::FromFile(b).status()),
            dir_ + "a.yaml:2:10: policies extend one another in a circle");
  const std::string own = Write("own.yaml", "version: 1\nextends: own.yaml\n");
  EXPECT_EQ(Message(Policy::FromFile(own).status()),
            own + ":2:10: policies extend one another in a circle");
  Write("c0.yaml", "version: 1\n");
  for (int i = 1; i < 9; ++i) {
    Write("c" + std::to_string(i) + ".yaml",
          "version: 1\nextends: c" + std::to_string(i - 1) + ".yaml\n");
  }
  EXPECT_TRUE(Policy::FromFile(dir_ + "c7.yaml").ok());
  EXPECT_EQ(Message(Policy::FromFile(dir_ + "c8.yaml").status()),
            dir_ + "c1.yaml:2:10: more than 8 policies extend one another");
}

TEST_F(PolicyFiles, ErrorsNameTheFileTheyAreIn) {
  Write("bad.yaml", "version: 1\ntypo: 1\n");
  const std::string path =
      Write("site.yaml", "version: 1\nextends: bad.yaml\n");
  EXPECT_THAT(Message(Policy::FromFile(path).status()),
              testing::StartsWith(dir_ + "bad.yaml:2:1: unknown key"));
  EXPECT_EQ(Policy::FromFile(dir_ + "absent.yaml").status().code(),
            absl::StatusCode::kNotFound);
}

// Every ```yaml block of the page is a policy that can be read.
TEST(PolicyDocs, ExamplesAreRead) {
  const std::string page = Slurp(PHIWIRE_SOURCE_DIR "/docs/policy.md");
  constexpr std::string_view kOpen = "```yaml\n";
  int examples = 0;
  for (std::size_t at = page.find(kOpen); at != std::string::npos;
       at = page.find(kOpen, at + 1)) {
    const std::size_t begin = at + kOpen.size();
    const std::size_t end = page.find("```", begin);
    ASSERT_NE(end, std::string::npos);
    const auto policy = Policy::FromYaml(
        std::string_view(page).substr(begin, end - begin), "docs/policy.md");
    EXPECT_TRUE(policy.ok()) << Message(policy.status());
    ++examples;
  }
  EXPECT_GE(examples, 3);
}

std::set<std::string> Texts(const YamlNode& list) {
  const auto texts = list.AsStrings();
  EXPECT_TRUE(texts.ok());
  return {texts->begin(), texts->end()};
}

std::set<std::string> Keys(const YamlNode& map) {
  std::set<std::string> keys;
  for (const auto& [key, unused] : map.entries()) keys.insert(key);
  return keys;
}

// JSON is YAML, so the strict reader reads the schema.
TEST(PolicyDocs, SchemaKnowsWhatTheReaderKnows) {
  const auto schema =
      ReadYamlFile(PHIWIRE_SOURCE_DIR "/docs/policy.schema.json");
  ASSERT_TRUE(schema.ok()) << Message(schema.status());
  const YamlNode& top = *schema->Get("properties");
  EXPECT_THAT(Keys(top),
              testing::UnorderedElementsAre(
                  "version", "extends", "name", "sensitivity", "max_record",
                  "rules", "weights", "key", "old_keys", "tenant", "vault",
                  "vault_key", "roster", "columns", "allow", "deny", "types",
                  "slots", "fields", "formats"));
  const YamlNode& names = *top.Get("types")->Get("propertyNames")->Get("enum");
  std::set<std::string> types;
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    types.emplace(TypeName(static_cast<PhiType>(i)));
  }
  EXPECT_EQ(Texts(names), types);
  const YamlNode& type = *schema->Get("$defs")->Get("type");
  std::set<std::string> anonymizers;
  std::set<std::string> keys = {"enabled", "anonymizer", "on_failure",
                                "threshold"};
  for (const AnonymizerEntry& entry : AnonymizerCatalogue()) {
    anonymizers.emplace(entry.name);
    for (std::string_view param : entry.params) keys.emplace(param);
  }
  const YamlNode& named = *type.Get("properties")->Get("anonymizer");
  EXPECT_EQ(Texts(*named.Get("anyOf")->entries()[0].second.Get("enum")),
            anonymizers);
  EXPECT_EQ(Keys(*type.Get("properties")), keys);
}

}  // namespace
}  // namespace phiwire
