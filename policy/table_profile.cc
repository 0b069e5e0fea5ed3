// SPDX-License-Identifier: Apache-2.0

#include "policy/table_profile.h"

#include <algorithm>
#include <bitset>
#include <map>
#include <set>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "formats/table/rows.h"

namespace phiwire {
namespace {

using table::Cell;
using table::ColumnSample;
using table::Shape;

// Longer cells are prose, whatever is in them.
constexpr double kShortCells = 40;
// Of the probed cells: then the engine's find is what the column holds.
constexpr double kEngineSure = 0.5;

std::string Percent(double share) {
  return Concat({std::to_string(static_cast<int>(share * 100 + 0.5)), " %"});
}

std::string OneDecimal(double value) {
  const int tenths = static_cast<int>(value * 10 + 0.5);
  return Concat(
      {std::to_string(tenths / 10), ".", std::to_string(tenths % 10)});
}

double FoundShare(const ProfiledColumn& column, PhiType type) {
  if (column.probed == 0) return 0;
  return static_cast<double>(column.found[static_cast<std::size_t>(type)]) /
         static_cast<double>(column.probed);
}

std::optional<PhiType> MostlyFound(const ProfiledColumn& column) {
  std::optional<PhiType> best;
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    if (FoundShare(column, type) < kEngineSure) continue;
    if (!best || FoundShare(column, type) > FoundShare(column, *best)) {
      best = type;
    }
  }
  return best;
}

std::string_view ShapeName(Shape shape) {
  switch (shape) {
    case Shape::kDate:
      return "dates";
    case Shape::kSsn:
      return "SSNs";
    case Shape::kPhone:
      return "phones";
    case Shape::kEmail:
      return "e-mails";
    case Shape::kUrl:
      return "URLs";
    case Shape::kIpAddress:
      return "IP addresses";
    case Shape::kUuid:
      return "UUIDs";
    case Shape::kYear:
      return "years";
    case Shape::kSmall:
      return "small numbers";
    case Shape::kLargeNumber:
      return "large numbers";
    case Shape::kMixed:
      return "letters with digits";
    case Shape::kLastFirst:
      return "Last, First";
    case Shape::kWords:
      return "capitalised words";
    default:
      return "other";
  }
}

// "100 % dates, engine DATE 98 %, 120 distinct, mean length 10.0".
std::string Evidence(const ProfiledColumn& column) {
  const ColumnSample& sample = column.sample;
  std::string out;
  for (std::size_t i = 1; i < static_cast<std::size_t>(Shape::kCount); ++i) {
    const auto shape = static_cast<Shape>(i);
    if (sample.Share(shape) < 0.05) continue;
    out += Concat({Percent(sample.Share(shape)), " ", ShapeName(shape), ", "});
  }
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    const auto type = static_cast<PhiType>(i);
    if (FoundShare(column, type) < 0.05) continue;
    out += Concat({"engine ", TypeName(type), " ",
                   Percent(FoundShare(column, type)), ", "});
  }
  if (sample.filled() < sample.cells()) {
    const double empty = 1 - static_cast<double>(sample.filled()) /
                                 static_cast<double>(sample.cells());
    out += Concat({Percent(empty), " empty, "});
  }
  return Concat({out, std::to_string(sample.distinct()),
                 " distinct, mean length ", OneDecimal(sample.mean_length())});
}

std::string Quoted(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out = "\"";
  for (const char c : text) {
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

std::string AsName(const ProfiledColumn& column) {
  if (!column.as) return "";
  switch (*column.as) {
    case SiteRule::As::kText:
      return "text";
    case SiteRule::As::kKeep:
      return "keep";
    case SiteRule::As::kDrop:
      return "drop";
    case SiteRule::As::kSlot:
      break;
  }
  return std::string(TypeName(column.type));
}

std::string SeparatorName(char separator) {
  return separator == '\t' ? "tab" : std::string(1, separator);
}

}  // namespace

absl::Status TableProfiler::Open(std::string_view head, bool whole) {
  dialect_ = table::DetectDialect(head, whole, {});
  if (dialect_.cut) {
    return absl::DataLossError(
        "the first row is longer than what is looked at ahead");
  }
  PHIWIRE_ASSIGN_OR_RETURN(plan_, table::MakePlan(dialect_.head, {}, {}));
  profile_.separator = dialect_.separator;
  profile_.header = !dialect_.header.empty();
  profile_.columns.resize(dialect_.columns);
  std::map<std::string, int> seen;
  for (const std::string& name : dialect_.head.names) ++seen[name];
  for (std::size_t i = 0; i < profile_.columns.size(); ++i) {
    ProfiledColumn& column = profile_.columns[i];
    if (i < dialect_.head.names.size()) column.name = dialect_.head.names[i];
    const bool usable = !column.name.empty() && seen[column.name] == 1 &&
                        column.name[0] != '#' && column.name.back() != '*';
    column.key = usable ? column.name : Concat({"#", std::to_string(i + 1)});
  }
  return absl::OkStatus();
}

std::size_t TableProfiler::Cut(std::string_view bytes) const {
  table::RowScanner scanner(bytes, dialect_.separator);
  RecordRange row;
  bool ended = true;
  std::size_t certain = 0;
  while (scanner.Next(&row, &ended) && ended) certain = scanner.at();
  return certain;
}

absl::Status TableProfiler::Add(std::string_view rows) {
  table::RowScanner scanner(rows, dialect_.separator);
  RecordRange range;
  bool ended = true;
  std::vector<Cell> cells;
  while (!full() && scanner.Next(&range, &ended)) {
    const std::string_view row =
        rows.substr(range.begin, range.end - range.begin);
    if (profile_.header && row == dialect_.header) continue;
    ++profile_.rows;
    if (!table::SplitCells(row, dialect_.separator, &cells).ok() ||
        cells.size() != profile_.columns.size()) {
      ++profile_.ragged;
      continue;
    }
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const std::string text = table::CellText(row, cells[i]);
      ProfiledColumn& column = profile_.columns[i];
      column.sample.Add(text);
      PHIWIRE_RETURN_IF_ERROR(Probe(table::TrimBlanks(text), &column));
    }
  }
  return absl::OkStatus();
}

absl::Status TableProfiler::Probe(std::string_view cell,
                                  ProfiledColumn* column) {
  if (column->probed >= options_.probes || table::StandsForNothing(cell)) {
    return absl::OkStatus();
  }
  const auto findings = deid_.Analyze(cell);
  // What can't be scanned (bad encoding) is refused later, not here.
  if (!findings.ok()) return absl::OkStatus();
  ++column->probed;
  std::bitset<kPhiTypeCount> types;
  for (const Finding& finding : *findings) {
    types.set(static_cast<std::size_t>(finding.type));
  }
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    if (types.test(i)) ++column->found[i];
  }
  return absl::OkStatus();
}

void TableProfiler::Propose(std::size_t index) {
  ProfiledColumn& column = profile_.columns[index];
  const ColumnRule& rule = plan_.columns[index].rule;
  const bool by_name =
      ClassifyColumnName(column.name).use != ColumnUse::kUnknown;
  const std::string because = by_name ? "by name" : "by content";
  const auto found = MostlyFound(column);
  const bool is_short = column.sample.mean_length() <= kShortCells;
  if (rule.use == ColumnUse::kSlot) {
    column.as = SiteRule::As::kSlot;
    column.type = rule.type;
    column.why = because;
  } else if (found && is_short && rule.use != ColumnUse::kText) {
    column.as = SiteRule::As::kSlot;
    column.type = *found;
    column.why = "by what the engine finds";
  } else if (rule.use == ColumnUse::kKeep) {
    column.why = Concat({because, ": kept where it looks the part"});
  } else {
    column.as = SiteRule::As::kText;
    column.why = rule.use == ColumnUse::kText ? because : "nothing is known";
  }
}

TableProfile TableProfiler::Finish() {
  // With more rows than the head had.
  table::TableHead head;
  head.names = dialect_.head.names;
  for (const ProfiledColumn& column : profile_.columns) {
    head.samples.push_back(column.sample);
  }
  auto plan = table::MakePlan(head, {}, {});
  if (plan.ok()) plan_ = *std::move(plan);
  for (std::size_t i = 0; i < profile_.columns.size(); ++i) Propose(i);
  if (!plan_.subjects.empty()) {
    profile_.subject = profile_.columns[plan_.subjects.front()].key;
  }
  return std::move(profile_);
}

std::string ColumnMapYaml(const TableProfile& profile) {
  std::string out = Concat(
      {"# Column map proposed by phiwire profile from ",
       std::to_string(profile.rows),
       " rows. Look it over: as: TYPE, text,\n# keep or drop; {} is by name "
       "and content. See docs/tables.md.\nversion: 1\nformat: csv\n"
       "separator: ",
       Quoted(SeparatorName(profile.separator)),
       "\nheader: ", profile.header ? "true" : "false", "\n"});
  if (!profile.subject.empty()) {
    out += Concat({"subject: ", Quoted(profile.subject), "\n"});
  }
  out += profile.columns.empty() ? "columns: {}\n" : "columns:\n";
  for (const ProfiledColumn& column : profile.columns) {
    const std::string as = AsName(column);
    out += Concat({"  # ", column.why, "; ", Evidence(column), "\n  ",
                   Quoted(column.key), ": {",
                   as.empty() ? "" : Concat({"as: ", as}), "}\n"});
  }
  return out;
}

std::string ProfileTable(const TableProfile& profile) {
  std::size_t wide = 6;
  for (const ProfiledColumn& column : profile.columns) {
    wide = std::max(wide, std::min<std::size_t>(column.key.size(), 32));
  }
  const auto padded = [](std::string text, std::size_t width) {
    if (text.size() < width) text.append(width - text.size(), ' ');
    return text;
  };
  std::string out =
      Concat({std::to_string(profile.rows), " rows, ",
              std::to_string(profile.columns.size()), " columns, separator ",
              SeparatorName(profile.separator),
              profile.header ? ", header row" : ", no header", "\n"});
  if (profile.ragged > 0) {
    out += Concat({std::to_string(profile.ragged),
                   " rows would be refused: stray quotes, or cells missing or "
                   "too many\n"});
  }
  for (const ProfiledColumn& column : profile.columns) {
    std::string as = AsName(column);
    if (as.empty()) as = "(keep)";
    out += Concat({padded(column.key, wide), "  ", padded(std::move(as), 13),
                   "  ", column.why, "; ", Evidence(column), "\n"});
  }
  return out;
}

}  // namespace phiwire
