// SPDX-License-Identifier: Apache-2.0
//
// Hyperscan with nothing around it: hs_scan over a database, matches counted
// and forgotten. What the scan stage is held against.

#ifndef PHIWIRE_BENCH_RAW_SCAN_H_
#define PHIWIRE_BENCH_RAW_SCAN_H_

#include <cstddef>
#include <string_view>

struct hs_database;
struct hs_scratch;

namespace phiwire::bench {

class RawScan {
 public:
  // Of phiwire's own patterns; the database must outlive this.
  explicit RawScan(const hs_database* database);
  // Of one literal.
  explicit RawScan(const char* literal);
  RawScan(RawScan&&) = delete;
  ~RawScan();

  bool ok() const { return scratch_ != nullptr; }
  // The number of matches.
  std::size_t Count(std::string_view text);

 private:
  void MakeScratch();

  hs_database* own_ = nullptr;
  const hs_database* database_ = nullptr;
  hs_scratch* scratch_ = nullptr;
};

}  // namespace phiwire::bench

#endif  // PHIWIRE_BENCH_RAW_SCAN_H_
