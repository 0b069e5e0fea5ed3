// SPDX-License-Identifier: Apache-2.0
//
// The one place that touches Hyperscan. Compile (slow, may fail, may be read
// from a cache) and scan (fast, cannot fail but by a limit) are two types:
// HsDatabase is immutable and shared by threads; HsScratch is one thread's.
//
// Block mode, hs_compile_multi, no SOM and no UTF8 flag (DESIGN.md has the
// measured rates). Patterns see bytes; callers pass valid UTF-8 only.
//
// The cache file is keyed by rule set, Hyperscan's version and the CPU's
// features, carries a SHA-256 of its payload, is checked on load, and is
// rebuilt (written to a temporary name, then renamed) when anything differs.

#ifndef PHIWIRE_ENGINE_HS_DATABASE_H_
#define PHIWIRE_ENGINE_HS_DATABASE_H_

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "engine/document.h"
#include "engine/stages.h"

struct hs_database;
struct hs_scratch;

namespace phiwire {

class HsScratch;

class HsDatabase {
 public:
  // cache_dir empty: nothing is kept on disk. A pattern that does not compile
  // is kInvalidArgument naming PatternSpec::id and Hyperscan's own words.
  // An unreadable or unwritable cache is no error: the database is compiled.
  static absl::StatusOr<HsDatabase> Compile(std::span<const PatternSpec> specs,
                                            std::string_view cache_dir = {});
  HsDatabase(HsDatabase&&) noexcept;
  HsDatabase& operator=(HsDatabase&&) noexcept;
  ~HsDatabase();

  absl::StatusOr<HsScratch> NewScratch() const;

  // Appends every (pattern, end) pair, in order of end. kOutOfRange once there
  // are more than max_hits; then *hits holds no result to rely on.
  absl::Status Scan(std::string_view text, HsScratch* scratch,
                    std::size_t max_hits, std::vector<Hit>* hits) const;

  std::size_t pattern_count() const { return pattern_count_; }
  std::size_t database_bytes() const;
  bool from_cache() const { return from_cache_; }
  const hs_database* raw() const { return db_; }  // for benchmarks

 private:
  HsDatabase() = default;
  hs_database* db_ = nullptr;
  std::size_t pattern_count_ = 0;
  bool from_cache_ = false;
};

class HsScratch {
 public:
  HsScratch(HsScratch&&) noexcept;
  HsScratch& operator=(HsScratch&&) noexcept;
  ~HsScratch();

 private:
  friend class HsDatabase;
  HsScratch() = default;
  hs_scratch* scratch_ = nullptr;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_HS_DATABASE_H_
