// SPDX-License-Identifier: Apache-2.0

#ifndef PHIWIRE_RULES_PASSES_INL_H_
#define PHIWIRE_RULES_PASSES_INL_H_

#include <algorithm>
#include <string>

#include "base/computed.h"
#include "rules/feature_writer.h"
#include "rules/passes.h"

namespace phiwire {

// Probabilities in seven steps, narrow near 0 and 1.
inline std::uint32_t ProbabilityBin(float p) {
  std::uint32_t bin = 0;
  for (const float step : {0.02f, 0.1f, 0.3f, 0.6f, 0.9f, 0.98f}) {
    bin += Computed(p >= step);
  }
  return bin;
}

template <class Sink>
class DocumentExtractor {
 public:
  DocumentExtractor(const DocumentView& view, const Evidence& evidence,
                    const DocumentMemory& memory, std::size_t i, Sink& sink)
      : v_(view),
        p_(evidence),
        e_(memory.elsewhere),
        initials_(memory.initials),
        i_(i),
        sink_(sink) {}

  void All() {
    const std::uint32_t own = Best(static_cast<std::int32_t>(i_));
    const std::int32_t m1 = v_.previous_word(i_), p1 = v_.next_word(i_);
    const std::int32_t m2 =
        m1 < 0 ? -1 : v_.previous_word(static_cast<std::size_t>(m1));
    const std::int32_t p2 =
        p1 < 0 ? -1 : v_.next_word(static_cast<std::size_t>(p1));
    const std::uint32_t group = own / 8;
    const auto letter_case =
        static_cast<std::uint32_t>(v_.token(i_).letter_case);
    Small(Feature::kOwnBest, own, 0);
    for (std::uint32_t g = 1; g < kGroupCount; ++g) {
      Small(Feature::kOwnScore, g * 8 + ProbabilityBin(p_[i_].probabilities[g]),
            0);
    }
    Add(Feature::kBestM1, group * 1024 + Neighbour(m1));
    Add(Feature::kBestP1, group * 1024 + Neighbour(p1));
    Add(Feature::kBestM2, group * 1024 + Neighbour(m2));
    Add(Feature::kBestP2, group * 1024 + Neighbour(p2));
    Add(Feature::kBestAround,
        (group * 1024 + Neighbour(m1)) * 1024 + Neighbour(p1));
    Small(Feature::kBestCase, own, letter_case);
    Memory(group, letter_case);
    if (Initials::MayBe(v_, i_)) {
      const std::string_view word = v_.surface(i_);
      Small(Feature::kInitials, initials_.Has(word) ? 1 : 0,
            letter_case * 2 + (word.size() == 3 ? 1u : 0u));
    }
    Small(
        Feature::kLineBest, group,
        LineShare() * 8 + std::min<std::uint32_t>(v_.line(i_).letter_words, 7));
  }

 private:
  void Add(Feature f, std::uint32_t value) {
    sink_.Add(f, value, [&] { return std::to_string(value); });
  }
  void Small(Feature f, std::uint32_t a, std::uint32_t b) {
    AddSmall(sink_, f, a, b, MixValues(a, b),
             [&] { return std::to_string(a) + "|" + std::to_string(b); });
  }
  // Best group but "none", and how probable it is: 8 * group + bin.
  std::uint32_t Best(std::int32_t at) const {
    if (at < 0) return 0;
    const GroupScores& p = p_[static_cast<std::size_t>(at)].probabilities;
    const std::uint32_t bin = ProbabilityBin(1.0f - p[0]);
    if (bin == 0) return 0;
    return static_cast<std::uint32_t>(Likeliest(p)) * 8 + bin;
  }
  // With where it stands: glued, on the line, or beyond.
  std::uint32_t Neighbour(std::int32_t at) const {
    if (at < 0) return 7;
    const auto k = static_cast<std::size_t>(at);
    const std::uint32_t apart = v_.line_of(k) != v_.line_of(i_)       ? 2
                                : v_.run_first(k) == v_.run_first(i_) ? 1
                                                                      : 0;
    const std::size_t gap = k > i_ ? k - i_ : i_ - k;
    return Best(at) * 8 + apart + (gap > 1 ? 3 : 0);
  }
  void Memory(std::uint32_t group, std::uint32_t letter_case) {
    if (v_.token(i_).kind == TokenKind::kPunct) return;
    const Elsewhere::Entry& e = e_.of(v_, i_);
    const std::uint32_t count = v_.use(i_).count;
    const bool self = e.best_token == i_;
    const float best = self ? e.second : e.best;
    const std::uint32_t best_group = self ? e.second_group : e.group;
    const std::uint32_t memory =
        count < 2 ? 63 : best_group * 8 + ProbabilityBin(best);
    const float mean =
        count < 2 ? 0.0f : (e.sum - p_.phi(i_)) / static_cast<float>(count - 1);
    Small(Feature::kElsewhere, group, memory);
    Small(Feature::kElsewhereMean, group,
          ProbabilityBin(mean) * 8 + std::min<std::uint32_t>(count, 7));
    Small(Feature::kElsewhereCase, memory, letter_case);
  }
  std::uint32_t LineShare() const {
    const Line& line = v_.line(i_);
    std::uint32_t phi = 0, words = 0;
    const std::size_t from =
        std::max<std::size_t>(line.first, i_ - std::min(i_, kLineReach));
    const std::size_t to = std::min<std::size_t>(line.last, i_ + kLineReach);
    for (std::size_t k = from; k < to; ++k) {
      const std::uint32_t word = (k != i_) & IsWordLike(v_.token(k));
      words += word;
      phi += word & (p_.phi(k) > 0.5f ? 1 : 0);
    }
    return words == 0 ? 7 : phi * 6 / words;
  }

  const DocumentView& v_;
  const Evidence& p_;
  const Elsewhere& e_;
  const Initials& initials_;
  std::size_t i_;
  Sink& sink_;
};

template <class Sink>
void ExtractDocument(const DocumentView& view, const FeatureContext& context,
                     const Evidence& evidence, const DocumentMemory& memory,
                     const RuleHits& rules, std::size_t i, Sink& sink) {
  DocumentExtractor<Sink>(view, evidence, memory, i, sink).All();
  for (const std::uint16_t r : rules.at(i)) {
    sink.Add(Feature::kRule, context.rules->hash(r),
             [&] { return context.rules->name(r); });
  }
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_PASSES_INL_H_
