// SPDX-License-Identifier: Apache-2.0
#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "apps/cli/attack_report.h"
#include "apps/cli/json_writer.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

// 888,931,098
std::string Count(std::uint64_t n) {
  std::string out = std::to_string(n);
  for (std::size_t i = out.size(); i > 3; i -= 3) out.insert(i - 3, 1, ',');
  return out;
}

std::string Share(double share) {
  std::string out;
  AppendJsonNumber(std::round(share * 1000) / 10, &out);
  return out + " %";
}

std::string Share(std::size_t part, std::size_t whole) {
  return whole == 0
             ? "none"
             : Share(static_cast<double>(part) / static_cast<double>(whole));
}

std::string Of(std::size_t part, std::size_t whole) {
  return Concat({Count(part), " of ", Count(whole)});
}

std::string Duration(double seconds) {
  struct Unit {
    double seconds;
    std::string_view name;
  };
  constexpr auto kUnits = std::to_array<Unit>({{31'557'600, " years"},
                                               {86400, " days"},
                                               {3600, " hours"},
                                               {60, " minutes"}});
  for (const Unit& unit : kUnits) {
    if (seconds < 2 * unit.seconds) continue;
    return Concat(
        {Count(static_cast<std::uint64_t>(seconds / unit.seconds)), unit.name});
  }
  std::string out;
  AppendJsonNumber(std::round(seconds * 10) / 10, &out);
  return out + " s";
}

void Line(std::string_view label, std::string_view text, std::string* out) {
  constexpr std::size_t kWidth = 18;
  const std::size_t pad = label.size() < kWidth ? kWidth - label.size() : 1;
  *out += Concat({"  ", label, std::string(pad, ' '), text, "\n"});
}

std::string_view HashVerdict(const HashAttackResult& r) {
  if (r.control_recovered < r.control) {
    return "The control was not found whole: this attack says nothing.";
  }
  if (r.recovered > 0) {
    return "OPEN: these codes are hashes without a key. Anybody can undo them.";
  }
  if (r.codes == 0) return "No codes to attack.";
  if (r.tried < r.space) {
    return "None found in the part tried. --whole tries all.";
  }
  return "None found. Who has the key can find all.";
}

void Hashes(const AttackReport& report, std::string* out) {
  const HashAttackResult& r = *report.hashes;
  *out += Concat({"Hashes: every identifier of ", report.space, ", by ",
                  report.digest, " without a key\n"});
  Line("tried",
       Concat(
           {Of(r.tried, r.space), " (",
            Share(static_cast<double>(r.tried) / static_cast<double>(r.space)),
            "), spread evenly"}),
       out);
  Line("recovered", Concat({Of(r.recovered, r.codes), " codes"}), out);
  Line("control",
       Concat({Of(r.control_recovered, r.control),
               " plain SHA-256 of identifiers tried"}),
       out);
  Line("time",
       Concat({Duration(r.seconds), "; the whole space ",
               Duration(r.whole_seconds), ", on ", Count(r.threads),
               r.threads == 1 ? " thread" : " threads"}),
       out);
  if (r.not_codes > 0) {
    Line("left out", Concat({Count(r.not_codes), " values that are no hash"}),
         out);
  }
  if (r.alike > 0) {
    Line("look here",
         Concat({Count(r.alike),
                 " values are written like the identifiers: in the clear, or "
                 "fpe, or fakes"}),
         out);
  }
  *out += Concat({"  ", HashVerdict(r), "\n\n"});
}

void Dates(const DateAttack::Result& r, std::string* out) {
  constexpr auto kDays = std::to_array<std::string_view>(
      {"Su", "Mo", "Tu", "We", "Th", "Fr", "Sa"});
  *out += Concat({"Dates: ", Count(r.days), " days of ", Count(r.patients),
                  " patients, ", Count(r.unread), " cells not read\n"});
  std::string week;
  for (std::size_t i = 0; i < kDays.size(); ++i) {
    week += Concat(
        {i == 0 ? "" : ", ", kDays[i], " ", Share(r.weekdays[i], r.days)});
  }
  Line("weekdays", week, out);
  Line("weekends",
       Concat({Share(r.weekend_share), "; 28.6 % if spread evenly"}), out);
  Line("",
       r.weekdays_uneven
           ? "OPEN: weekdays show. The dates are true, or moved by whole weeks:"
             " one offset of seven is left to try"
           : "no pattern: they don't tell the offsets",
       out);
  Line("own weekends",
       Concat({Of(r.weekend_found, r.patients_with_days),
               " patients of 5 days and more have one way alone to place a "
               "weekend: that tells their offset but for whole weeks"}),
       out);
  Line("one known date",
       Concat(
           {"gives the patient's offset, and so all dates: ", Count(r.patients),
            " known dates give ", Count(r.fall_with_one), " more"}),
       out);
  std::string mean;
  AppendJsonNumber(std::round(r.mean_days * 10) / 10, &mean);
  Line("", Concat({mean, " days a patient, ", Count(r.most_days), " at most"}),
       out);
  Line("two known dates",
       Concat({"their interval alone finds ",
               Of(r.found_by_two, r.patients_with_two),
               " patients of two days and more"}),
       out);
  *out += "\n";
}

void Domains(const AttackReport& report, std::string* out) {
  *out += "Small domains\n";
  for (const auto& [column, risk] : report.domains) {
    Line(column,
         Concat(
             {Count(risk.distinct), " different of ", Count(risk.rows),
              ", the commonest ", Share(risk.top_share), ": ",
              risk.few ? "OPEN to counting how often each comes" : "not few"}),
         out);
  }
  *out += "\n";
}

void Anonymity(const AttackReport& report, std::string* out) {
  const KAnonymity& k = *report.k_anonymity;
  *out += "k-anonymity by ";
  for (std::size_t i = 0; i < report.quasi.size(); ++i) {
    *out += Concat({i == 0 ? "" : ", ", report.quasi[i]});
  }
  *out +=
      Concat({": ", Count(k.rows), " rows, ", Count(k.classes), " classes\n"});
  Line("k of the table", Count(k.least), out);
  Line("alone (k = 1)",
       Concat({Count(k.alone), " rows, ", Share(k.alone, k.rows)}), out);
  Line("k < 5", Concat({Count(k.below_5), " rows, ", Share(k.below_5, k.rows)}),
       out);
  Line("k < 11",
       Concat({Count(k.below_11), " rows, ", Share(k.below_11, k.rows)}), out);
  for (std::size_t i = 0; i < KAnonymity::kBuckets; ++i) {
    const std::string from = std::to_string(KAnonymity::kFrom[i]);
    std::string range = from + " and more";
    if (i + 1 < KAnonymity::kBuckets) {
      const std::size_t last = KAnonymity::kFrom[i + 1] - 1;
      range = last == KAnonymity::kFrom[i]
                  ? from
                  : Concat({from, " to ", std::to_string(last)});
    }
    Line(Concat({"k ", range}),
         Concat({Count(k.by_k[i]), " rows, ", Share(k.by_k[i], k.rows)}), out);
  }
  *out += "\n";
}

}  // namespace

std::string AttackText(const AttackReport& report) {
  std::string out;
  if (report.hashes) Hashes(report, &out);
  if (report.dates) Dates(*report.dates, &out);
  if (!report.domains.empty()) Domains(report, &out);
  if (report.k_anonymity) Anonymity(report, &out);
  out +=
      "What was not attacked is not said to be safe: free text, rare "
      "diagnoses,\nother tables of the same patients (docs/attack.md).\n";
  return out;
}

}  // namespace phiwire::cli
