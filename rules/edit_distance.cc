// SPDX-License-Identifier: Apache-2.0

#include "rules/edit_distance.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/lexicon.h"

namespace phiwire {
namespace {

using Row = std::array<int, kMaxEditWord + 1>;

void AppendDeletions(const std::string& word, std::size_t from, int most,
                     std::vector<std::uint32_t>* hashes) {
  hashes->push_back(HashWord(word));
  if (most == 0) return;
  for (std::size_t i = from; i < word.size(); ++i) {
    std::string shorter = word;
    shorter.erase(i, 1);
    AppendDeletions(shorter, i, most - 1, hashes);
  }
}

}  // namespace

bool WithinEdits(std::string_view a, std::string_view b, int most) {
  if (a.size() > kMaxEditWord || b.size() > kMaxEditWord) return false;
  const std::size_t apart =
      a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (apart > static_cast<std::size_t>(most)) return false;
  Row before{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = static_cast<int>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = static_cast<int>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const int change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, change});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        row[j] = std::min(row[j], before[j - 2] + 1);
      }
    }
    before = last;
    last = row;
  }
  return last[b.size()] <= most;
}

void DeletionHashes(std::string_view word, int most,
                    std::vector<std::uint32_t>* hashes) {
  const auto begin = static_cast<std::ptrdiff_t>(hashes->size());
  AppendDeletions(std::string(word), 0, most, hashes);
  std::sort(hashes->begin() + begin, hashes->end());
  hashes->erase(std::unique(hashes->begin() + begin, hashes->end()),
                hashes->end());
}

}  // namespace phiwire
