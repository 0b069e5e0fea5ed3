// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/eval/html_report.h"

#include <algorithm>
#include <cstdarg>
#include <cstdio>
#include <map>
#include <string_view>

#include "apps/cli/eval/characters.h"

namespace phiwire::cli {
namespace {

// Characters of context on each side of a mistake in a long line.
constexpr std::size_t kContext = 160;

constexpr std::string_view kHead =
    R"(<!DOCTYPE html><html lang="en"><head><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy"
 content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>phiwire eval</title><style>
body{font:15px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:70rem;
 padding:0 1rem;color:#1b1b1b;background:#fff}
table{border-collapse:collapse;margin:1rem 0}
th,td{padding:.2rem .7rem;text-align:right;border-bottom:1px solid #ddd}
th:first-child,td:first-child{text-align:left}
pre{white-space:pre-wrap;margin:.15rem 0;padding:.25rem .5rem;background:#f6f6f6;
 border-left:4px solid #ccc}
pre.miss{border-color:#b00020}pre.fp{border-color:#8a5a00}
.miss mark{background:#ffc9d0}.fp mark{background:#ffe2a8}
mark{font-weight:bold;color:inherit}.where{color:#666;font-size:.85em}
.warn{border:2px solid #b00020;padding:.5rem 1rem}
svg{max-width:100%;height:auto}
</style></head><body>
)";

[[gnu::format(printf, 1, 2)]] std::string Print(const char* format, ...) {
  char buffer[512];
  va_list arguments;
  va_start(arguments, format);
  const int size = std::vsnprintf(buffer, sizeof(buffer), format, arguments);
  va_end(arguments);
  const auto used = static_cast<std::size_t>(std::max(size, 0));
  return std::string(buffer, std::min(used, sizeof(buffer) - 1));
}

std::string Escaped(std::string_view text) {
  std::string html;
  for (const char c : text) {
    switch (c) {
      case '&':
        html += "&amp;";
        break;
      case '<':
        html += "&lt;";
        break;
      case '>':
        html += "&gt;";
        break;
      case '"':
        html += "&quot;";
        break;
      default:
        html.push_back(c);
    }
  }
  return html;
}

std::string Escaped(std::u32string_view text) { return Escaped(Utf8Of(text)); }

std::string Rate(std::size_t part, std::size_t whole) {
  if (whole == 0) return "<td>-</td><td>-</td>";
  const auto [low, high] = Wilson(part, whole);
  return Print("<td>%.4f</td><td>%.3f to %.3f</td>", Ratio(part, whole), low,
               high);
}

std::string Table(const EvalScore& score) {
  std::string html =
      "<h2>By type</h2><p>Recall goes by the type in the gold standard.</p>"
      "<table><tr><th>gold type<th>spans<th>tokens<th>recall<th>95 %"
      "<th>fully covered<th>leaks</tr>\n";
  const auto row = [&](std::string_view name, const Counts& c) {
    html += "<tr><td>" + Escaped(name) +
            Print("</td><td>%zu</td><td>%zu</td>", c.entities, c.tp + c.fn) +
            Rate(c.tp, c.tp + c.fn) +
            Print("<td>%.4f</td><td>%zu</td></tr>\n", Ratio(c.full, c.entities),
                  c.leaks);
  };
  for (const auto& [type, counts] : score.by_type) row(type, counts);
  row("all", score.all);
  html +=
      "</table><h2>Precision</h2><table><tr><th>all tokens<th>predicted"
      "<th>precision<th>95 %</tr><tr><td></td>";
  html += Print("<td>%zu</td>", score.all.tp + score.fp) +
          Rate(score.all.tp, score.all.tp + score.fp) +
          "</tr></table><table><tr><th>predicted type<th>false positive "
          "tokens</tr>\n";
  for (const auto& [type, count] : score.fp_types.MostCommon(1000)) {
    html +=
        "<tr><td>" + Escaped(type) + Print("</td><td>%zu</td></tr>\n", count);
  }
  return html + "</table>\n";
}

// An inline SVG of 640 by 340 units; the plot is 560 by 260 of them.
class Plot {
 public:
  static std::string Curve(std::span<const CurvePoint> curve) {
    std::string svg =
        "<h2>Threshold</h2><svg viewBox=\"0 0 640 340\" width=\"640\" "
        "role=\"img\" aria-label=\"recall and precision by threshold\" "
        "font-size=\"12\">\n";
    for (int i = 0; i <= 10; i += 2) {
      const double v = i / 10.0;
      svg += Print(
          "<path d=\"M%.1f %.1fH%.1f\" stroke=\"#ddd\"/>"
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"end\">%.1f</text>"
          "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"middle\">%.1f"
          "</text>\n",
          X(0), Y(v), X(1), X(0) - 6, Y(v) + 4, v, X(v), Y(0) + 18, v);
    }
    svg += Line(curve, &CurvePoint::recall, "#b00020", "recall", 0);
    svg += Line(curve, &CurvePoint::precision, "#004f9e", "precision", 1);
    return svg + "</svg>\n";
  }

 private:
  static double X(double v) { return 50 + 560 * v; }
  static double Y(double v) { return 290 - 260 * v; }

  static std::string Line(std::span<const CurvePoint> curve,
                          double CurvePoint::*value, const char* colour,
                          const char* label, int row) {
    std::string line = Print(
        "<polyline fill=\"none\" stroke=\"%s\" stroke-width=\"2\" "
        "points=\"",
        colour);
    for (const CurvePoint& point : curve) {
      if (point.*value != point.*value) continue;  // nothing predicted
      line += Print("%.1f,%.1f ", X(point.threshold), Y(point.*value));
    }
    return line + Print("\"/><text x=\"70\" y=\"%d\" fill=\"%s\">%s</text>\n",
                        255 + 16 * row, colour, label);
  }
};

// The line of the mistake, cut to kContext on each side.
std::string InLine(const std::u32string& text, const Mistake& mistake) {
  const auto is_end = [](char32_t c) { return c == U'\n' || c == U'\r'; };
  std::size_t begin = mistake.begin;
  while (begin > 0 && !is_end(text[begin - 1]) &&
         mistake.begin - begin < kContext) {
    --begin;
  }
  std::size_t end = mistake.end;
  while (end < text.size() && !is_end(text[end]) &&
         end - mistake.end < kContext) {
    ++end;
  }
  const std::u32string_view view = text;
  return Escaped(view.substr(begin, mistake.begin - begin)) + "<mark>" +
         Escaped(view.substr(mistake.begin, mistake.end - mistake.begin)) +
         "</mark>" + Escaped(view.substr(mistake.end, end - mistake.end));
}

std::string Mistakes(std::span<const EvalDocument> documents,
                     const EvalScore& score, bool missed) {
  std::map<std::string, std::vector<const Mistake*>> by_type;
  for (const Mistake& mistake : score.mistakes) {
    if (mistake.missed == missed) by_type[mistake.type].push_back(&mistake);
  }
  std::string html =
      missed ? "<h2>Misses</h2>\n" : "<h2>False positives</h2>\n";
  for (const auto& [type, mistakes] : by_type) {
    html += "<details open><summary><b>" + Escaped(type) + "</b> " +
            Print("%zu tokens</summary>\n", mistakes.size());
    for (const Mistake* mistake : mistakes) {
      const EvalDocument& document = documents[mistake->document];
      html += "<div class=\"where\">" + Escaped(document.id) +
              Print(", characters %zu to %zu</div><pre class=\"%s\">",
                    mistake->begin, mistake->end, missed ? "miss" : "fp") +
              InLine(document.text, *mistake) + "</pre>\n";
    }
    html += "</details>\n";
  }
  return html;
}

}  // namespace

std::vector<CurvePoint> ThresholdCurve(std::span<const EvalDocument> documents,
                                       const EvalOptions& options) {
  std::vector<CurvePoint> curve;
  EvalOptions at = options;
  at.mistakes = false;
  for (int i = 0; i <= 20; ++i) {
    at.min_score = i / 20.0;
    if (at.min_score < options.min_score) continue;
    const EvalScore score = Score(documents, at);
    curve.push_back({at.min_score, score.recall(), score.precision()});
  }
  return curve;
}

std::string HtmlReport(std::span<const EvalDocument> documents,
                       const EvalScore& score,
                       std::span<const CurvePoint> curve,
                       const std::string& title) {
  std::string html(kHead);
  html += "<h1>" + Escaped(title) +
          "</h1>\n<p class=\"warn\">This page holds "
          "text of the documents: keep it where they are kept.</p>\n";
  html += Print(
      "<p>%zu documents (%zu without a prediction), %zu spans, %zu "
      "tokens of PHI; %zu found, %zu missed, %zu false positives."
      "</p>\n",
      score.documents, score.missing, score.all.entities,
      score.all.tp + score.all.fn, score.all.tp, score.all.fn, score.fp);
  html += Table(score) + Plot::Curve(curve);
  html += Mistakes(documents, score, true) + Mistakes(documents, score, false);
  return html + "</body></html>\n";
}

}  // namespace phiwire::cli
