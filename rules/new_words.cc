// SPDX-License-Identifier: Apache-2.0
//
// Part of Scorer: what a word gives by itself, worked out when it is first met.

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>

#include "rules/feature_sums.h"
#include "rules/features_inl.h"
#include "rules/scorer.h"
#include "rules/thin_features_inl.h"
#include "rules/token_marks.h"

namespace phiwire {
namespace {

// Keys of several sums in one list, asked of memory all at once: those of a new
// word stand in no cache.
template <std::size_t kSums>
class KeyParts {
 public:
  explicit KeyParts(KeyBuffer* keys) : keys_(*keys) { keys_.clear(); }
  void EndPart() { ends_[parts_++] = keys_.size(); }
  std::span<const std::uint32_t> all() const {
    return {keys_.data(), keys_.size()};
  }
  void Sum(const WeightTable& table, std::size_t part, SumLanes* sums) const {
    const std::size_t begin = part == 0 ? 0 : ends_[part - 1];
    table.Sum(keys_.data() + begin, ends_[part] - begin, sums);
  }

 private:
  KeyBuffer& keys_;
  std::array<std::size_t, kSums> ends_{};
  std::size_t parts_ = 0;
};

}  // namespace

ThinSums Scorer::ThinOf(const DocumentView& view, std::size_t i,
                        KeyBuffer* keys) const {
  ThinSums sums;
  sums.known = true;
  const std::uint32_t mark = MarkOf(view.token(i));
  sums.before = mark_before_[mark];
  sums.after = mark_after_[mark];
  if (!IsTarget(view, i)) return sums;
  constexpr std::array<int, 4> kDistances = {-2, -1, 1, 2};
  KeyParts<1 + kDistances.size()> parts(keys);
  KeySink sink{keys, &weights_.filter};
  ThinExtractor<KeySink> extractor(view, context_, i, sink);
  extractor.Own();
  parts.EndPart();
  for (const int distance : kDistances) {
    extractor.Neighbour(i, distance);
    parts.EndPart();
  }
  const auto sum = [&](std::size_t part) {
    SumLanes lanes;
    parts.Sum(weights_.filter, part, &lanes);
    return lanes.sums()[1];
  };
  sums.own = sum(0);
  for (std::size_t d = 0; d < sums.near.size(); ++d) sums.near[d] = sum(1 + d);
  return sums;
}

FullSums Scorer::FullOf(const DocumentView& view, std::size_t i,
                        KeyBuffer* keys) const {
  constexpr std::array<int, 6> kDistances = {-3, -2, -1, 1, 2, 3};
  constexpr std::size_t kSums = 1 + kDistances.size();
  KeyParts<kSums> parts(keys);
  std::array<Lanes<2>, kSums> lanes;
  SumSink<2> sink{&small_, {keys, &weights_.words}, {}};
  FeatureExtractor<SumSink<2>> extractor(view, context_, i, sink);
  extractor.Own();
  lanes[0] = std::exchange(sink.sums, {});
  parts.EndPart();
  for (std::size_t d = 0; d < kDistances.size(); ++d) {
    extractor.Neighbour(i, kDistances[d]);
    lanes[1 + d] = std::exchange(sink.sums, {});
    parts.EndPart();
  }
  for (const std::uint32_t key : parts.all()) weights_.whole.Prefetch(key);
  for (std::size_t part = 0; part < kSums; ++part) {
    parts.Sum(weights_.words, part, &lanes[part].of(kWords));
    parts.Sum(weights_.whole, part, &lanes[part].of(kWhole));
  }
  FullSums sums;
  sums.own = lanes[0].rows();
  for (std::size_t d = 0; d < kDistances.size(); ++d) {
    sums.near[d] = lanes[1 + d].rows();
  }
  return sums;
}

const FullSums& Scorer::NewSums(const DocumentView& view, std::size_t i,
                                FullMemo* memo, KeyBuffer* keys) const {
  return memo->Make(view.id(i), view.token(i).kind, view.surface(i),
                    [&](FullSums* made) { *made = FullOf(view, i, keys); });
}

}  // namespace phiwire
