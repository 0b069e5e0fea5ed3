// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval/text_report.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <string_view>

#include "apps/cli/eval/characters.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kTypesShown = 12;

[[gnu::format(printf, 1, 2)]] std::string Print(const char* format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  const int size = std::vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  return std::string(buffer, std::clamp<std::size_t>(
                                 size < 0 ? 0 : static_cast<std::size_t>(size),
                                 0, sizeof(buffer) - 1));
}

std::string Interval(std::size_t part, std::size_t whole, int digits) {
  const auto [low, high] = Wilson(part, whole);
  return Print("[%.*f, %.*f]", digits, low, digits, high);
}

// Left-aligned by characters, not bytes.
std::string Padded(std::string_view text, std::size_t width) {
  std::string padded(text);
  const std::size_t size = ToCodePoints(text).size();
  padded.append(width - std::min(width, size), ' ');
  return padded;
}

// A Python string literal, as str.__repr__ writes it.
std::string Quoted(std::string_view text) {
  const bool doubled = text.find('\'') != std::string_view::npos &&
                       text.find('"') == std::string_view::npos;
  const char quote = doubled ? '"' : '\'';
  std::string quoted(1, quote);
  for (const char c : text) {
    if (c == quote || c == '\\') quoted.push_back('\\');
    quoted.push_back(c);
  }
  return quoted + quote;
}

std::string Examples(const char* title, const OrderedCounter& counter,
                     std::size_t n) {
  std::string line = title;
  const char* separator = "";
  for (const auto& [example, count] : counter.MostCommon(n)) {
    line += separator + example + Print(" x%zu", count);
    separator = "; ";
  }
  return line + "\n";
}

std::string Totals(const EvalScore& s) {
  const Counts& c = s.all;
  const double precision = s.precision();
  const double known = precision != precision ? 0 : precision;
  std::string text = Print(
      "docs %zu (missing %zu)  gold entities %zu  gold tokens %zu  "
      "TP %zu FP %zu FN %zu\n",
      s.documents, s.missing, c.entities, c.tp + c.fn, c.tp, s.fp, c.fn);
  text +=
      Print("char  recall %.4f (letters/digits only %.4f)\n",
            Ratio(c.characters_hit, c.characters), Ratio(c.alnum_hit, c.alnum));
  text += Print("token recall %.4f ", s.recall());
  text += Interval(c.tp, c.tp + c.fn, 4);
  text += Print("  precision %.4f ", precision);
  text += Interval(c.tp, c.tp + s.fp, 4);
  text += Print("  F1 %.4f  F2 %.4f  FP/1k non-PHI tokens %.1f\n",
                FBeta(known, s.recall(), 1), FBeta(known, s.recall(), 2),
                1000 * Ratio(s.fp, s.fp + s.tn));
  text +=
      Print("entity recall (fully covered) %.4f ", Ratio(c.full, c.entities));
  text += Interval(c.full, c.entities, 4);
  text +=
      Print(" (strict %.4f)  leaks %zu (%.4f)\n", Ratio(c.strict, c.entities),
            c.leaks, Ratio(c.leaks, c.entities));
  return text;
}

std::string FalsePositives(const EvalScore& score) {
  std::string line = "FP tokens by predicted type: {";
  const char* separator = "";
  for (const auto& [type, count] : score.fp_types.MostCommon(kTypesShown)) {
    line += separator + Quoted(type) + Print(": %zu", count);
    separator = ", ";
  }
  return line + "}\n";
}

std::string ByType(const EvalScore& score) {
  std::string table =
      Print("%-16s %6s %9s %9s %-18s %8s %6s\n", "gold type", "n", "char_R",
            "token_R", "95% CI", "full", "leaks");
  for (const auto& [type, c] : score.by_type) {
    table += Padded(type, 16);
    table +=
        Print(" %6zu %9.4f %9.4f %-18s %8.4f %6zu\n", c.entities,
              Ratio(c.characters_hit, c.characters), Ratio(c.tp, c.tp + c.fn),
              Interval(c.tp, c.tp + c.fn, 3).c_str(), Ratio(c.full, c.entities),
              c.leaks);
  }
  return table;
}

}  // namespace

std::string TextReport(const EvalScore& score, bool by_type,
                       std::size_t examples) {
  std::string text = Totals(score) + FalsePositives(score);
  if (by_type) text += ByType(score);
  if (examples > 0) {
    text += Examples("top FP: ", score.fp_examples, examples);
    text += Examples("top FN: ", score.fn_examples, examples);
  }
  return text;
}

}  // namespace phiwire::cli
