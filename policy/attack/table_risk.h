// SPDX-License-Identifier: Apache-2.0
//
// What a table gives away by how its values are spread, whatever was done to
// each of them: columns of few values, and rows that few others are like.
// Results hold counts only. Pure functions.

#ifndef PHIWIRE_POLICY_ATTACK_TABLE_RISK_H_
#define PHIWIRE_POLICY_ATTACK_TABLE_RISK_H_

#include <array>
#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace phiwire {

// A column whose values were replaced one for one (hash, encrypt, fpe) still
// shows how often each comes: with few values that tells which is which.
struct DomainRisk {
  // Fewer values than this are few: sex, state, ZIP3 (about 900), a year.
  static constexpr std::size_t kFew = 1000;
  std::size_t rows = 0;  // with a value
  std::size_t distinct = 0;
  double top_share = 0;  // of rows with the commonest value
  bool few = false;
};
DomainRisk AssessDomain(std::span<const std::string> column);

// Rows alike in all quasi-identifiers are a class; k is its size.
struct KAnonymity {
  static constexpr std::size_t kBuckets = 7;
  static constexpr std::array<std::size_t, kBuckets> kFrom = {1,  2,  5,  10,
                                                              20, 50, 100};
  std::size_t rows = 0;
  std::size_t classes = 0;
  std::size_t least = 0;     // k of the table
  std::size_t alone = 0;     // rows with k = 1
  std::size_t below_5 = 0;   // rows with k < 5
  std::size_t below_11 = 0;  // rows with k < 11, as CMS counts small cells
  // Rows by k: 1, 2 to 4, 5 to 9, ... as kFrom has them.
  std::array<std::size_t, kBuckets> by_k{};
};
// Columns of one size; at least one.
KAnonymity AssessKAnonymity(
    std::span<const std::vector<std::string>* const> columns);

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_ATTACK_TABLE_RISK_H_
