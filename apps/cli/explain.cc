// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/explain.h"

#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/diagnostics.h"
#include "apps/cli/exit_code.h"
#include "apps/cli/input_list.h"
#include "apps/cli/inputs.h"
#include "apps/cli/names.h"
#include "apps/cli/offsets.h"
#include "apps/cli/output_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "policy/assembly.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxFile = std::size_t{4} << 30;
// Terms of each finding, unless all are wanted.
constexpr std::size_t kTerms = 12;
constexpr std::size_t kMaxSurface = 200;  // bytes of a finding that are shown

using Key = std::tuple<std::size_t, std::size_t, PhiType>;
Key KeyOf(const Finding& f) { return {f.begin, f.end, f.type}; }

struct Style {
  const char* finding = "";
  const char* miss = "";
  const char* plain = "";
};

// "Doe,\nJohn" in one line; control bytes must not reach a terminal.
std::string Surface(std::string_view text, const Finding& finding) {
  std::string surface(text.substr(finding.begin, finding.end - finding.begin));
  if (surface.size() > kMaxSurface) {
    std::size_t cut = kMaxSurface;
    while ((static_cast<unsigned char>(surface[cut]) & 0xC0u) == 0x80u) --cut;
    surface.resize(cut);
    surface += "...";
  }
  for (char& c : surface) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return surface;
}

class Explainer {
 public:
  Explainer(std::string_view text, const Policy& policy, const Style& style,
            std::size_t shown_terms)
      : text_(text),
        policy_(policy),
        style_(style),
        shown_terms_(shown_terms),
        points_(text, OffsetUnit::kCodePoint) {}

  std::string Explain(const std::vector<Finding>& all,
                      const std::set<Key>& certain) {
    std::size_t found = 0;
    for (const Finding& finding : all) {
      const bool is_finding = certain.contains(KeyOf(finding));
      found += is_finding;
      Heading(finding, is_finding);
      Terms(finding);
    }
    Print("%zu findings, %zu near misses\n", found, all.size() - found);
    return std::move(out_);
  }

 private:
  template <typename... Arguments>
  void Print(const char* format, Arguments... arguments) {
    char buffer[600];
    const int size =
        std::snprintf(buffer, sizeof(buffer), format, arguments...);
    out_.append(buffer, std::min(static_cast<std::size_t>(std::max(size, 0)),
                                 sizeof(buffer) - 1));
  }

  // Counted from the finding before, which may stand behind it.
  void CountLines(std::size_t to) {
    const auto [begin, end] = std::minmax(counted_, to);
    const std::string_view between = text_.substr(begin, end - begin);
    const auto lines = static_cast<std::size_t>(
        std::count(between.begin(), between.end(), '\n'));
    line_ = to < counted_ ? line_ - lines : line_ + lines;
    counted_ = to;
  }

  void Heading(const Finding& finding, bool is_finding) {
    CountLines(finding.begin);
    const std::size_t begin = points_.At(finding.begin);
    const std::size_t end = points_.At(finding.end);
    const std::string type(TypeName(finding.type));
    out_ += is_finding ? style_.finding : style_.miss;
    Print("%-9s %-13s %.4f", is_finding ? "finding" : "near miss", type.c_str(),
          finding.score);
    out_ += style_.plain;
    Print("  line %zu, characters %zu-%zu  ", line_, begin, end);
    out_ += Surface(text_, finding);
    if (!finding.source.empty()) out_ += "  by " + finding.source;
    out_ += "\n";
  }

  void Terms(const Finding& finding) {
    if (finding.evidence.empty()) return;
    std::vector<Term> terms = finding.evidence;
    std::stable_sort(terms.begin(), terms.end(),
                     [](const Term& a, const Term& b) {
                       return std::abs(a.weight) > std::abs(b.weight);
                     });
    double sum = 0;
    double rest = 0;
    for (std::size_t i = 0; i < terms.size(); ++i) {
      sum += terms[i].weight;
      if (i >= shown_terms_) {
        rest += terms[i].weight;
        continue;
      }
      Print("    %+9.3f  ", terms[i].weight);
      out_ += terms[i].name + "\n";
    }
    if (terms.size() > shown_terms_) {
      Print("    %+9.3f  %zu smaller terms\n", rest,
            terms.size() - shown_terms_);
    }
    Print("    %+9.3f  sum, %.4f as a probability", sum,
          1 / (1 + std::exp(-sum)));
    Print("; threshold %.4f", Threshold(policy_, finding.type));
    out_ += "\n";
  }

  std::string_view text_;
  const Policy& policy_;
  const Style& style_;
  std::size_t shown_terms_;
  OffsetConverter points_;
  std::size_t counted_ = 0;
  std::size_t line_ = 1;
  std::string out_;
};

absl::StatusOr<std::string> ExplainOne(const Deidentifier& deid,
                                       const Input& input, Format format,
                                       const ExplainFlags& flags,
                                       const Style& style) {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string bytes, ReadInput(input, kMaxFile));
  PHIWIRE_ASSIGN_OR_RETURN(const DecodedText decoded,
                           DecodeInput(bytes, flags.encoding));
  const std::string& text = decoded.utf8;
  if (text.empty()) return std::string("0 findings, 0 near misses\n");
  AnalyzeOptions options;
  options.explain = true;
  options.near_misses = !flags.no_near_misses;
  PHIWIRE_ASSIGN_OR_RETURN(const FileOutput all,
                           deid.AnalyzeFile(text, format, options));
  if (!all.refusals.empty()) return all.refusals.front().status;
  // What is also there without the near misses is a finding.
  PHIWIRE_ASSIGN_OR_RETURN(const FileOutput certain,
                           deid.AnalyzeFile(text, format));
  std::set<Key> keys;
  for (const Finding& finding : certain.findings) keys.insert(KeyOf(finding));
  return Explainer(text, deid.policy(), style,
                   flags.all_terms ? SIZE_MAX : kTerms)
      .Explain(all.findings, keys);
}

}  // namespace

int RunExplain(const ExplainFlags& flags) {
  const auto format = ReadFormat(flags.format);
  if (!format.ok()) return UsageError(format.status());
  const absl::Status encoding = CheckEncoding(flags.encoding);
  if (!encoding.ok()) return UsageError(encoding);
  const auto list = ListInputs(flags.paths);
  if (!list.ok()) return UsageError(list.status());
  const auto deid = MakeEngine(flags.engine);
  if (!deid.ok()) return UsageError(deid.status());

  const bool color = flags.color == "always" ||
                     (flags.color == "auto" && ::isatty(STDOUT_FILENO) == 1);
  const Style style =
      color ? Style{"\x1b[1;31m", "\x1b[33m", "\x1b[0m"} : Style{};
  NameFilter filter(flags.show_paths);
  bool refused = false;
  for (const Input input : *list) {
    const std::string shown = ShownName(input, &filter);
    const auto text = ExplainOne(*deid, input, *format, flags, style);
    if (!text.ok()) {
      refused = true;
      Say(RefusedInput(input.ordinal, shown, text.status()));
      continue;
    }
    std::string out = list->size() > 1 ? "== " + shown + "\n" : "";
    out += *text;
    if (!WriteAll(STDOUT_FILENO, out).ok()) return kExitRefused;
  }
  return refused ? kExitRefused : kExitDone;
}

}  // namespace phiwire::cli
