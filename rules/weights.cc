// SPDX-License-Identifier: Apache-2.0

#include "rules/weights.h"

#include <algorithm>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstdio>
#include <fstream>
#include <sstream>
#include <unordered_set>

#include "base/computed.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

absl::Status LineError(std::string_view source, std::size_t line,
                       std::string_view what) {
  return absl::InvalidArgumentError(
      Concat({source, ":", std::to_string(line), ": ", what}));
}

std::string_view NextCell(std::string_view* rest, char delimiter) {
  const std::size_t at = rest->find(delimiter);
  const std::string_view cell = rest->substr(0, at);
  *rest =
      at == std::string_view::npos ? std::string_view() : rest->substr(at + 1);
  return cell;
}

bool ParseCell(std::string_view cell, GroupScores* weights) {
  const std::size_t colon = cell.find(':');
  if (colon == std::string_view::npos) return false;
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    if (kGroupNames[g] != cell.substr(0, colon) &&
        !(g == 1 && cell.substr(0, colon) == "phi")) {
      continue;
    }
    const char* end = cell.data() + cell.size();
    const auto parsed =
        std::from_chars(cell.data() + colon + 1, end, (*weights)[g]);
    return parsed.ec == std::errc() && parsed.ptr == end &&
           std::isfinite((*weights)[g]);
  }
  return false;
}

// pass TAB key TAB name TAB cells
bool ParseRow(std::string_view line, int* pass, std::uint32_t* key,
              GroupScores* weights) {
  const std::string_view pass_cell = NextCell(&line, '\t');
  if (pass_cell.size() != 1 || pass_cell[0] < '0' || pass_cell[0] > '3') {
    return false;
  }
  *pass = pass_cell[0] - '0';
  const std::string_view hex = NextCell(&line, '\t');
  const auto parsed =
      std::from_chars(hex.data(), hex.data() + hex.size(), *key, 16);
  if (parsed.ec != std::errc() || parsed.ptr != hex.data() + hex.size() ||
      *key == 0) {
    return false;
  }
  NextCell(&line, '\t');
  while (!line.empty()) {
    if (!ParseCell(NextCell(&line, ' '), weights)) return false;
  }
  return true;
}

}  // namespace

// Five of eight places taken: small enough for the cache, and one bucket in
// fourteen is full.
std::size_t WeightTable::BucketsFor(std::size_t size) { return size / 5 + 1; }

WeightTable WeightTable::Build(
    std::vector<std::pair<std::uint32_t, GroupScores>> rows) {
  const auto memory = std::make_shared<Memory>();
  WeightTable table;
  table.size_ = rows.size();
  table.buckets_ = BucketsFor(rows.size());
  memory->keys.assign(table.buckets_ * kBucket, 0);
  memory->rows.assign(table.buckets_ * kBucket, Row{});
  table.keys_ = memory->keys;
  table.rows_ = memory->rows;
  table.owner_ = memory;
  for (const auto& [key, weights] : rows) {
    table.Insert(key, weights, memory.get());
  }
  return table;
}

std::optional<WeightTable> WeightTable::At(std::span<const std::uint32_t> keys,
                                           std::span<const Row> rows,
                                           std::size_t size,
                                           std::shared_ptr<const void> owner) {
  WeightTable table;
  table.size_ = size;
  table.buckets_ = BucketsFor(size);
  if (keys.size() != table.buckets_ * kBucket || rows.size() != keys.size()) {
    return std::nullopt;
  }
  table.keys_ = keys;
  table.rows_ = rows;
  table.owner_ = std::move(owner);
  return table;
}

void WeightTable::Insert(std::uint32_t key, const GroupScores& weights,
                         Memory* memory) {
  std::size_t bucket = BucketOf(key);
  while (keys_[bucket + kBucket - 1] != 0) bucket = NextBucket(bucket);
  std::size_t slot = bucket;
  while (keys_[slot] != 0) ++slot;
  memory->keys[slot] = key;
  for (std::size_t g = 0; g < kGroupCount; ++g) {
    memory->rows[slot][g] = static_cast<std::int16_t>(
        std::lround(std::clamp(weights[g], -100.0f, 100.0f) * kWeightScale));
  }
}

void WeightTable::Sum(const std::uint32_t* keys, std::size_t count,
                      SumLanes* sums) const {
  std::array<std::uint32_t, kMostKeys> found;
  std::size_t n = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t bucket = BucketOf(keys[i]);
    const auto* at = reinterpret_cast<const __m128i*>(&keys_[bucket]);
    const __m128i key = _mm_set1_epi32(static_cast<int>(keys[i]));
    const __m128i low = _mm_cmpeq_epi32(_mm_loadu_si128(at), key);
    const __m128i high = _mm_cmpeq_epi32(_mm_loadu_si128(at + 1), key);
    // Eight 16-bit lanes: all ones where the key stands.
    const auto hits = static_cast<std::uint32_t>(
        _mm_movemask_epi8(_mm_packs_epi32(low, high)));
    const auto lane =
        static_cast<std::uint32_t>(std::countr_zero(hits | 0x10000u)) / 2;
    found[n] = static_cast<std::uint32_t>(bucket) + lane;
    const bool full = keys_[bucket + kBucket - 1] != 0;
    if (Computed(full & (hits == 0))) [[unlikely]] {
      const Row* spilled = Find(keys[i]);
      if (spilled != nullptr) {
        found[n++] = static_cast<std::uint32_t>(spilled - rows_.data());
      }
      continue;
    }
    __builtin_prefetch(rows_.data() + found[n]);
    n += hits != 0 ? 1 : 0;
  }
  SumLanes sum = *sums;
  for (std::size_t i = 0; i < n; ++i) sum.Add(rows_[found[i]]);
  *sums = sum;
}

absl::StatusOr<Weights> ParseWeights(std::string_view text,
                                     std::string_view source) {
  std::array<std::vector<std::pair<std::uint32_t, GroupScores>>, 4> rows;
  std::array<std::unordered_set<std::uint32_t>, 4> seen;
  Weights out;
  for (std::size_t number = 1; !text.empty(); ++number) {
    const std::string_view line = NextCell(&text, '\n');
    if (line.empty() || line[0] == '#') continue;
    int pass = 1;
    std::uint32_t key = 0;
    GroupScores weights{};
    if (!ParseRow(line, &pass, &key, &weights)) {
      return LineError(source, number,
                       "not \"PASS<TAB>KEY<TAB>NAME<TAB>GROUP:WEIGHT ...\"");
    }
    const auto p = static_cast<std::size_t>(pass);
    if (!seen[p].insert(key).second) {
      return LineError(source, number, "a key that stood above already");
    }
    if (pass == 0 && key == kThresholdKey) {
      out.filter_threshold = weights[1];
    } else {
      rows[p].emplace_back(key, weights);
    }
  }
  if (rows[1].empty()) {
    return absl::InvalidArgumentError(Concat({source, ": holds no weights"}));
  }
  out.filter = WeightTable::Build(std::move(rows[0]));
  out.words = WeightTable::Build(std::move(rows[1]));
  out.whole = WeightTable::Build(std::move(rows[2]));
  out.document = WeightTable::Build(std::move(rows[3]));
  return out;
}

absl::StatusOr<Weights> ReadWeights(std::string_view path) {
  std::ifstream file{std::string(path), std::ios::binary};
  if (!file) {
    return absl::NotFoundError(
        Concat({"weights file ", path, " can't be read"}));
  }
  std::ostringstream text;
  text << file.rdbuf();
  return ParseWeights(text.str(), path);
}

std::string FormatWeights(const std::vector<WeightRow>& rows,
                          const std::vector<std::string>& comments) {
  std::string out;
  for (const std::string& comment : comments) {
    out += Concat({"# ", comment, "\n"});
  }
  std::array<char, 64> cell;
  for (const WeightRow& row : rows) {
    std::snprintf(cell.data(), cell.size(), "%d\t%08x\t", row.pass, row.key);
    out += cell.data();
    for (char c : row.name) out += c == '\t' || c == '\n' ? ' ' : c;
    char separator = '\t';
    for (std::size_t g = 0; g < kGroupCount; ++g) {
      if (row.weights[g] == 0) continue;
      std::snprintf(cell.data(), cell.size(), "%.3f",
                    static_cast<double>(row.weights[g]));
      out += Concat({std::string_view(&separator, 1),
                     row.pass == 0 ? "phi" : kGroupNames[g], ":", cell.data()});
      separator = ' ';
    }
    out += '\n';
  }
  return out;
}

}  // namespace phiwire
