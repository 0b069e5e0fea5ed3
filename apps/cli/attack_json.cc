// SPDX-License-Identifier: Apache-2.0
#include <cstdint>
#include <string>
#include <string_view>

#include "apps/cli/attack_report.h"
#include "apps/cli/json_writer.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// {"a":1,"b":"c"} piece by piece; the keys are ours and need no escaping.
class JsonObject {
 public:
  void Raw(std::string_view key, std::string_view json) {
    text_ += Concat({text_.size() == 1 ? "" : ",", "\"", key, "\":", json});
  }
  void Count(std::string_view key, std::uint64_t n) {
    Raw(key, std::to_string(n));
  }
  void Number(std::string_view key, double value) {
    std::string json;
    AppendJsonNumber(value, &json);
    Raw(key, json);
  }
  void Text(std::string_view key, std::string_view value) {
    std::string json;
    AppendJsonString(value, &json);
    Raw(key, json);
  }
  void Truth(std::string_view key, bool value) {
    Raw(key, value ? "true" : "false");
  }
  std::string Done() const { return text_ + "}"; }

 private:
  std::string text_ = "{";
};

template <typename List, typename Write>
std::string Array(const List& list, Write write) {
  std::string out = "[";
  for (const auto& item : list) {
    out += Concat({out.size() == 1 ? "" : ",", write(item)});
  }
  return out + "]";
}

std::string Hashes(const AttackReport& report) {
  const HashAttackResult& r = *report.hashes;
  JsonObject out;
  out.Text("space", report.space);
  out.Text("digest", report.digest);
  out.Count("size", r.space);
  out.Count("tried", r.tried);
  out.Number("seconds", r.seconds);
  out.Number("whole_seconds", r.whole_seconds);
  out.Count("threads", r.threads);
  out.Count("codes", r.codes);
  out.Count("recovered", r.recovered);
  out.Count("control", r.control);
  out.Count("control_recovered", r.control_recovered);
  out.Count("no_codes", r.not_codes);
  out.Count("alike", r.alike);
  return out.Done();
}

std::string Dates(const DateAttack::Result& r) {
  JsonObject out;
  out.Count("days", r.days);
  out.Count("patients", r.patients);
  out.Count("unread", r.unread);
  out.Raw("weekdays",
          Array(r.weekdays, [](std::size_t n) { return std::to_string(n); }));
  out.Number("weekend_share", r.weekend_share);
  out.Number("chi_square", r.chi_square);
  out.Truth("weekdays_uneven", r.weekdays_uneven);
  out.Count("patients_with_days", r.patients_with_days);
  out.Count("weekend_found", r.weekend_found);
  out.Number("mean_days", r.mean_days);
  out.Count("most_days", r.most_days);
  out.Count("fall_with_one", r.fall_with_one);
  out.Count("patients_with_two", r.patients_with_two);
  out.Count("found_by_two", r.found_by_two);
  return out.Done();
}

std::string Domain(const std::pair<std::string, DomainRisk>& domain) {
  JsonObject out;
  out.Text("column", domain.first);
  out.Count("rows", domain.second.rows);
  out.Count("distinct", domain.second.distinct);
  out.Number("top_share", domain.second.top_share);
  out.Truth("few", domain.second.few);
  return out.Done();
}

std::string Anonymity(const AttackReport& report) {
  const KAnonymity& k = *report.k_anonymity;
  JsonObject out;
  out.Raw("columns", Array(report.quasi, [](const std::string& name) {
            std::string json;
            AppendJsonString(name, &json);
            return json;
          }));
  out.Count("rows", k.rows);
  out.Count("classes", k.classes);
  out.Count("k", k.least);
  out.Count("alone", k.alone);
  out.Count("below_5", k.below_5);
  out.Count("below_11", k.below_11);
  JsonObject by_k;
  for (std::size_t i = 0; i < KAnonymity::kBuckets; ++i) {
    by_k.Count(std::to_string(KAnonymity::kFrom[i]), k.by_k[i]);
  }
  out.Raw("rows_by_k_from", by_k.Done());
  return out.Done();
}

}  // namespace

std::string AttackJson(const AttackReport& report) {
  JsonObject out;
  if (report.hashes) out.Raw("hashes", Hashes(report));
  if (report.dates) out.Raw("dates", Dates(*report.dates));
  if (!report.domains.empty()) {
    out.Raw("domains", Array(report.domains, Domain));
  }
  if (report.k_anonymity) out.Raw("k_anonymity", Anonymity(report));
  return out.Done() + "\n";
}

}  // namespace phiwire::cli
