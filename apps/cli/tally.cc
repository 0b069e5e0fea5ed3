// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/tally.h"

#include <algorithm>
#include <cstdio>
#include <numeric>
#include <string_view>

#include "phiwire/deidentifier.h"

namespace phiwire::cli {
namespace {

constexpr double kMega = 1e6;

// "  NAME             12\n"
void AppendRow(std::string_view name, std::size_t count, std::string* text) {
  char line[80];
  const int size =
      std::snprintf(line, sizeof(line), "  %-14.*s %9zu\n",
                    static_cast<int>(name.size()), name.data(), count);
  text->append(line, static_cast<std::size_t>(std::max(size, 0)));
}

}  // namespace

void Tally::Add(const Tally& other) {
  documents += other.documents;
  records += other.records;
  refused += other.refused;
  removed += other.removed;
  skipped += other.skipped;
  bytes += other.bytes;
  for (std::size_t i = 0; i < findings.size(); ++i) {
    findings[i] += other.findings[i];
  }
  for (std::size_t i = 0; i < formats.size(); ++i) {
    formats[i] += other.formats[i];
  }
}

std::string Summary(const Tally& tally, double seconds) {
  char line[200];
  std::string text;
  const auto add = [&](int size) {
    text.append(line, static_cast<std::size_t>(std::max(size, 0)));
  };
  add(std::snprintf(line, sizeof(line),
                    "documents %15zu   records %zu   refused %zu",
                    tally.documents, tally.records, tally.refused));
  if (tally.removed > 0) {
    add(std::snprintf(line, sizeof(line), "   removed %zu", tally.removed));
  }
  if (tally.skipped > 0) {
    add(std::snprintf(line, sizeof(line), "   done before %zu", tally.skipped));
  }
  text += '\n';
  for (std::size_t i = 0; i < tally.formats.size(); ++i) {
    if (tally.formats[i] == 0) continue;
    AppendRow(FormatName(static_cast<Format>(i)), tally.formats[i], &text);
  }
  const std::size_t findings = std::accumulate(
      tally.findings.begin(), tally.findings.end(), std::size_t{0});
  add(std::snprintf(line, sizeof(line), "findings %16zu\n", findings));
  for (std::size_t i = 0; i < tally.findings.size(); ++i) {
    if (tally.findings[i] == 0) continue;
    AppendRow(TypeName(static_cast<PhiType>(i)), tally.findings[i], &text);
  }
  const double mega = static_cast<double>(tally.bytes) / kMega;
  add(std::snprintf(line, sizeof(line), "%.1f MB in %.1f s: %.1f MB/s\n", mega,
                    seconds, mega / std::max(seconds, 1e-9)));
  return text;
}

}  // namespace phiwire::cli
