// SPDX-License-Identifier: Apache-2.0
//
// A look at a table's columns: their names, what their cells are shaped like,
// and what the engine finds in a sample of them; from that a proposal what each
// is to be taken as. Holds counts and the names of columns, no cell.
//
//   TableProfiler profiler(deid, {});
//   PHIWIRE_RETURN_IF_ERROR(profiler.Open(head, whole));
//   while (...) PHIWIRE_RETURN_IF_ERROR(profiler.Add(rows));  // whole rows
//   std::cout << ColumnMapYaml(profiler.Finish());
//
// One thread at a time.

#ifndef PHIWIRE_POLICY_TABLE_PROFILE_H_
#define PHIWIRE_POLICY_TABLE_PROFILE_H_

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "formats/table/column_map.h"
#include "formats/table/dialect.h"
#include "phiwire/deidentifier.h"

namespace phiwire {

struct ProfiledColumn {
  std::string key;   // in the column map: the name, or "#3"
  std::string name;  // as the header has it
  table::ColumnSample sample;
  // Cells the engine looked at, and those in which it found a type.
  std::size_t probed = 0;
  std::array<std::size_t, kPhiTypeCount> found{};
  // The proposal: none means by name and content, guarded cell by cell.
  std::optional<SiteRule::As> as;
  PhiType type = PhiType::kId;
  std::string why;  // no cell's content
};

struct TableProfile {
  std::vector<ProfiledColumn> columns;
  char separator = ',';
  bool header = false;
  std::string subject;     // key of the patients' column; empty: none
  std::size_t rows = 0;    // looked at
  std::size_t ragged = 0;  // of them refused: cells missing or too many
};

class TableProfiler {
 public:
  struct Options {
    std::size_t rows = 10000;  // looked at
    std::size_t probes = 100;  // cells of a column shown to the engine
  };
  // deid must outlive this.
  TableProfiler(const Deidentifier& deid, Options options)
      : deid_(deid), options_(options) {}

  // The first bytes of the file; `whole`: all of them.
  absl::Status Open(std::string_view head, bool whole);
  // The size of the longest front of `bytes` that is whole rows.
  std::size_t Cut(std::string_view bytes) const;
  // Whole rows, from the first on. Stops at the limit of rows.
  absl::Status Add(std::string_view rows);
  bool full() const { return profile_.rows >= options_.rows; }

  TableProfile Finish();

 private:
  absl::Status Probe(std::string_view cell, ProfiledColumn* column);
  void Propose(std::size_t index);

  const Deidentifier& deid_;
  Options options_;
  table::Dialect dialect_;
  table::Plan plan_;
  TableProfile profile_;
};

// As --columns reads it, with the evidence as comments.
std::string ColumnMapYaml(const TableProfile& profile);
// For people: a line a column.
std::string ProfileTable(const TableProfile& profile);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_TABLE_PROFILE_H_
