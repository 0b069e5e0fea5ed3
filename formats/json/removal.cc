// SPDX-License-Identifier: Apache-2.0

#include "formats/json/removal.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string_view>
#include <utility>

#include "base/strings.h"

namespace phiwire::json {
namespace {

bool IsExtensionList(std::string_view name) {
  return name == "extension" || name == "modifierExtension";
}

class Removals {
 public:
  explicit Removals(const Document& doc)
      : doc_(doc), gone_(doc.nodes.size(), false) {}

  void Remove(std::uint32_t node) {
    const std::uint32_t parent = doc_.nodes[node].parent;
    if (gone_[node] || parent == kNoParent) return;
    if (KeepsPlaces(parent)) {
      nulls_.insert(node);
      return;
    }
    gone_[node] = true;
    touched_.insert(parent);
    if (IsEmptied(parent)) Remove(parent);
  }

  void Write(std::vector<Replaced>* all) {
    std::vector<Replaced> cuts;
    for (const std::uint32_t node : nulls_) {
      if (!IsGone(node)) {
        cuts.push_back({doc_.nodes[node].begin, doc_.nodes[node].end, "null"});
      }
    }
    for (const std::uint32_t parent : touched_) {
      if (!IsGone(parent)) CutChildren(parent, &cuts);
    }
    Merge(std::move(cuts), all);
  }

 private:
  // Itself or around it.
  bool IsGone(std::uint32_t node) const {
    for (; node != kNoParent; node = doc_.nodes[node].parent) {
      if (gone_[node]) return true;
    }
    return false;
  }

  // An array of plain values beside an array of what extends them.
  bool KeepsPlaces(std::uint32_t array) const {
    const Node& node = doc_.nodes[array];
    if (node.kind != Kind::kArray || !node.has_key || node.key_escaped) {
      return false;
    }
    return doc_.Member(node.parent, Concat({"_", doc_.RawKey(node)})) != 0;
  }

  bool IsEmptied(std::uint32_t container) const {
    const Node& node = doc_.nodes[container];
    for (std::uint32_t i = container + 1; i < node.next;
         i = doc_.nodes[i].next) {
      if (gone_[i]) continue;
      if (!IsExtension(container)) return false;
      const std::string_view name = doc_.RawKey(doc_.nodes[i]);
      if (name != "url" && name != "id") return false;
    }
    return true;
  }

  bool IsExtension(std::uint32_t object) const {
    const Node& node = doc_.nodes[object];
    return node.kind == Kind::kObject && node.parent != kNoParent &&
           IsExtensionList(doc_.RawKey(doc_.nodes[node.parent]));
  }

  // Runs of children that go, with the comma on the one side that stays.
  void CutChildren(std::uint32_t parent, std::vector<Replaced>* cuts) const {
    std::size_t kept_end = 0;
    std::size_t run_begin = 0;
    std::size_t run_end = 0;
    for (std::uint32_t i = parent + 1; i < doc_.nodes[parent].next;
         i = doc_.nodes[i].next) {
      const Node& node = doc_.nodes[i];
      if (gone_[i]) {
        if (run_end == 0) run_begin = node.whole_begin();
        run_end = node.end;
        continue;
      }
      if (run_end != 0) {
        // In front of the first that stays: up to it; else from the last.
        cuts->push_back(kept_end == 0
                            ? Replaced{run_begin, node.whole_begin(), ""}
                            : Replaced{kept_end, run_end, ""});
        run_end = 0;
      }
      kept_end = node.end;
    }
    if (run_end != 0) {
      cuts->push_back({kept_end == 0 ? run_begin : kept_end, run_end, ""});
    }
  }

  static bool Before(const Replaced& a, const Replaced& b) {
    return a.begin < b.begin;
  }

  static void Merge(std::vector<Replaced> cuts, std::vector<Replaced>* all) {
    std::sort(cuts.begin(), cuts.end(), Before);
    std::erase_if(*all, [&](const Replaced& r) {
      auto after = std::upper_bound(cuts.begin(), cuts.end(), r, Before);
      return after != cuts.begin() && r.end <= (--after)->end;
    });
    std::vector<Replaced> merged;
    merged.reserve(all->size() + cuts.size());
    std::merge(std::make_move_iterator(all->begin()),
               std::make_move_iterator(all->end()),
               std::make_move_iterator(cuts.begin()),
               std::make_move_iterator(cuts.end()), std::back_inserter(merged),
               Before);
    *all = std::move(merged);
  }

  const Document& doc_;
  std::vector<bool> gone_;
  std::set<std::uint32_t> nulls_;
  std::set<std::uint32_t> touched_;
};

}  // namespace

void AddRemovals(const Document& doc, std::span<const std::uint32_t> emptied,
                 std::vector<Replaced>* all) {
  Removals removals(doc);
  for (const std::uint32_t node : emptied) removals.Remove(node);
  removals.Write(all);
}

}  // namespace phiwire::json
