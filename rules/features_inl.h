// SPDX-License-Identifier: Apache-2.0
//
// The bodies of the feature templates (features.h says what a sink is).

#ifndef PHIWIRE_RULES_FEATURES_INL_H_
#define PHIWIRE_RULES_FEATURES_INL_H_

#include <algorithm>
#include <bit>
#include <string>

#include "base/computed.h"
#include "rules/feature_writer.h"

namespace phiwire {

template <class Sink>
class FeatureExtractor : private FeatureWriter<Sink> {
 public:
  FeatureExtractor(const DocumentView& view, const FeatureContext& context,
                   std::size_t i, Sink& sink)
      : Base(view, context, i, sink) {}

  // What the first look weighs: Own, the six neighbours' own, and Marks.
  void Words() {
    Own();
    std::int32_t before = v_.previous_word(i_), after = v_.next_word(i_);
    for (int d = 1; d <= 3; ++d) {
      if (before >= 0) Neighbour(static_cast<std::size_t>(before), -d);
      if (after >= 0) Neighbour(static_cast<std::size_t>(after), d);
      before = Walk(before, true);
      after = Walk(after, false);
    }
    Marks();
  }

  // What depends on the token alone.
  void Own() {
    OwnSurface();
    Lexicon();
  }

  // What depends on neighbour k alone, d words (not punctuation) away.
  void Neighbour(std::size_t k, int d) {
    NearWord(k, d);
    if (d < -1 || d > 1) return;
    const LexEntry& lex = v_.facts(k).lex;
    Step(d < 0 ? Feature::kNearFirstM1 : Feature::kNearFirstP1, lex.first);
    Step(d < 0 ? Feature::kNearLastM1 : Feature::kNearLastP1, lex.last);
    if (lex.city != 0) {
      Step(d < 0 ? Feature::kNearCityM1 : Feature::kNearCityP1, lex.city);
    }
    Small(d < 0 ? Feature::kNearFlagsM1 : Feature::kNearFlagsP1,
          lex.flags & kLexFlagMask);
  }

  // Small features (DomainOf).
  void Marks() {
    Mark(Feature::kWordM1, -1);
    Mark(Feature::kWordM2, -2);
    Mark(Feature::kWordP1, 1);
    Mark(Feature::kWordP2, 2);
    Small(Feature::kContext, v_.label_value(i_));
    Beside(v_.previous_word(i_), Feature::kNearCaseM1);
    Beside(v_.next_word(i_), Feature::kNearCaseP1);
    BestCover();
    Place();
    Usage();
  }

  // What depends on the token together with its place.
  void Joint() {
    Around();
    Run();
    Covers();
    Layout();
  }

 private:
  void OwnSurface() {
    Number(Feature::kBias, 0);
    if (t_.kind != TokenKind::kNumber) {
      sink_.Add(Feature::kWord, t_.hash,
                [&] { return LowerText(v_.surface(i_)); });
      sink_.Add(Feature::kWordCase, MixValues(t_.hash, case_), [&] {
        return LowerText(v_.surface(i_)) + "|" + std::to_string(case_);
      });
    }
    sink_.Add(Feature::kShape, Shape(), [&] { return ShapeText(v_, i_, i_); });
    Small(Feature::kCase, case_, static_cast<std::uint32_t>(t_.kind));
    const std::size_t n = t_.end - t_.begin;
    if (t_.kind == TokenKind::kWord && n >= 4) {
      Substring(Feature::kSuffix3, n - 3, 3);
      Substring(Feature::kSuffix2, n - 2, 2);
      Substring(Feature::kPrefix3, 0, 3);
    }
    if (t_.kind == TokenKind::kNumber) {
      Number(Feature::kNumberValue, NumberBin(v_.surface(i_)));
    }
    Classes(Feature::kClass, v_.facts(i_).classes);
    Classes(Feature::kCaseClass, v_.facts(i_).classes, case_ + 1);
  }

  void Lexicon() {
    if (t_.kind == TokenKind::kNumber) return;
    const LexEntry& e = v_.facts(i_).lex;
    Step(Feature::kFirst, e.first);
    Step(Feature::kLast, e.last);
    Step(Feature::kZipf, e.zipf);
    Small(Feature::kRatio, ratio_);
    if (e.city != 0) Step(Feature::kCity, e.city);
    if (e.hospital != 0) Step(Feature::kHospital, e.hospital);
    if (e.medical != 0) Step(Feature::kMedical, e.medical);
    for (std::uint32_t bits = e.flags; bits != 0; bits &= bits - 1) {
      Small(Feature::kLexFlags,
            static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
    Small(Feature::kCaseRatio, case_, ratio_);
    Small(Feature::kCaseFirst, case_, Steps(e.first));
    Small(Feature::kCaseLast, case_, Steps(e.last));
    Small(Feature::kCaseFlags, case_, e.flags & kLexFlagMask);
  }
  static std::uint32_t Steps(std::uint8_t count) {
    return std::min<std::uint32_t>(count, kLexSteps - 1);
  }
  void Step(Feature f, std::uint8_t count) { Small(f, Steps(count)); }

  void Around() {
    RawPair(Feature::kPairAround, -1, 1);
    RawPair(Feature::kPairBefore, -2, -1);
    RawPair(Feature::kPairAfter, 1, 2);
    With(Feature::kCaseBefore, case_, -1);
    With(Feature::kCaseAfter, case_, 1);
    if (t_.kind == TokenKind::kWord) {
      With(Feature::kRatioBefore, ratio_, -1);
      With(Feature::kRatioAfter, ratio_, 1);
    } else {
      With(Feature::kShapeBefore, Shape(), -1);
      With(Feature::kShapeAfter, Shape(), 1);
    }
  }

  // Case of the word beside it, and whether a line ends between.
  void Beside(std::int32_t at, Feature f) {
    if (at < 0) {
      Small(f, kNoneBeside, case_);
      return;
    }
    const auto k = static_cast<std::size_t>(at);
    const std::uint32_t apart = v_.line_of(k) == v_.line_of(i_) ? 0u : 1u;
    Small(f, static_cast<std::uint32_t>(v_.token(k).letter_case) * 2 + apart,
          case_);
  }
  void Mark(Feature f, int offset) {
    const std::uint32_t mark = MarkAt(v_, i_, offset);
    if constexpr (requires { sink_.Small(f, mark, 0); }) {
      sink_.Small(f, mark, 0);  // the row of kNoMark is zero
    } else if (mark != kNoMark) {
      Small(f, mark, 0, [&] { return NearText(v_, i_, offset); });
    }
  }
  std::int32_t Walk(std::int32_t at, bool before) const {
    if (at < 0) return -1;
    const auto k = static_cast<std::size_t>(at);
    return before ? v_.previous_word(k) : v_.next_word(k);
  }

  void Run() {
    const TokenRun run = v_.run(i_);
    if (run.first == run.last) return;
    const std::uint32_t run_shape = RunShapeOf(run.first, run.last);
    sink_.Add(Feature::kRunShape, run_shape,
              [&] { return ShapeText(v_, run.first, run.last); });
    const auto index = static_cast<std::uint32_t>(i_ - run.first);
    sink_.Add(Feature::kRunIndexShape, MixValues(run_shape, index), [&] {
      return ShapeText(v_, run.first, run.last) + "@" + std::to_string(index);
    });
  }

  void BestCover() {
    const std::uint32_t best = CoverValue(v_, i_);
    Small(Feature::kCoverType, best, 0, [&] {
      return best == kNoCover
                 ? std::string("none")
                 : std::string(TypeName(static_cast<PhiType>(best)));
    });
    const phiwire::BestCover& cover = v_.best_cover(i_);
    OfCover(Feature::kCoverScore, best, cover.tenths);
    OfCover(Feature::kCoverValid, best, cover.flags + case_ * 4);
    NearCover(v_.previous_word(i_), Feature::kCoverM1);
    NearCover(v_.next_word(i_), Feature::kCoverP1);
  }
  void Covers() {
    for (const std::int32_t id : v_.covers(i_)) {
      if (id < 0) break;
      Cover(v_.document().candidates[static_cast<std::size_t>(id)]);
    }
  }
  void Cover(const Candidate& c) {
    const std::uint32_t flags = (c.begin >= t_.begin ? 1u : 0u) |
                                (c.end <= t_.end ? 2u : 0u) |
                                (c.valid ? 4u : 0u);
    sink_.Add(
        Feature::kCover, MixValues(c_.pattern_hashes[c.pattern], flags), [&] {
          return c_.pattern_names[c.pattern] + "|" + std::to_string(flags);
        });
  }
  void NearCover(std::int32_t at, Feature f) {
    if (at < 0) return;
    const auto k = static_cast<std::size_t>(at);
    const std::uint32_t same = v_.covers(k)[0] == v_.covers(i_)[0] ? 1 : 0;
    OfCover(f, CoverValue(v_, k), same);
  }
  // Of a token that has one.
  void OfCover(Feature f, std::uint32_t type, std::uint32_t value) {
    if constexpr (requires { sink_.Small(f, type, value); }) {
      sink_.Small(f, type, value);  // the rows of kNoCover are zero
    } else if (type != kNoCover) {
      Small(f, type, value);
    }
  }

  void Layout() {
    const Line& line = v_.line(i_);
    const LabelBefore label = v_.label(i_);
    if (label.hash != 0) {
      const std::uint32_t near = std::min<std::uint32_t>(label.distance, 4);
      Hashed(Feature::kLabel, label.hash, near + 1);
      Hashed(Feature::kLabelCase, label.hash, 100 + case_);
    }
    if (line.delimiter != 0) {
      Hashed(Feature::kColumn, v_.column(i_));
      Hashed(Feature::kColumnCase, v_.column(i_),
             100 + case_ * 4 + static_cast<std::uint32_t>(t_.kind));
    }
  }
  void Place() {
    const Line& line = v_.line(i_);
    const std::uint32_t place = static_cast<std::uint32_t>(i_) - line.first;
    Small(Feature::kLinePlace, std::min<std::uint32_t>(place, 3), case_);
    Small(Feature::kLineCase, (line.upper ? 1u : 0u) + (line.lower ? 2u : 0u),
          case_ * 32 + ratio_);
    const auto from_end =
        static_cast<std::uint32_t>(v_.lines().size()) - 1 - v_.line_of(i_);
    Small(Feature::kLineFromEnd, std::min<std::uint32_t>(from_end, 6), case_);
  }

  void Usage() {
    Small(Feature::kDocumentCase, case_,
          static_cast<std::uint32_t>(v_.lower_tenths()));
    const bool word = t_.kind == TokenKind::kWord;
    const WordUse& use = v_.use(i_);
    const std::uint32_t own_lower = Computed(t_.letter_case == Case::kLower);
    const std::uint32_t seen = Computed(use.lower > own_lower) +
                               2 * Computed(use.titled > 0) + case_ * 4;
    if constexpr (requires { sink_.Small(Feature::kSeenCaseRatio, seen, 0); }) {
      sink_.Small(Feature::kSeenCaseRatio, Chosen(word, seen, kNotSeen),
                  ratio_);  // the rows of kNotSeen are zero
    } else if (word) {
      Small(Feature::kSeenCaseRatio, seen, ratio_);
    }
  }

  using Base = FeatureWriter<Sink>;
  using Base::c_;
  using Base::case_;
  using Base::Classes;
  using Base::Hashed;
  using Base::i_;
  using Base::NearWord;
  using Base::Number;
  using Base::ratio_;
  using Base::RawPair;
  using Base::RunShapeOf;
  using Base::Shape;
  using Base::sink_;
  using Base::Small;
  using Base::Substring;
  using Base::t_;
  using Base::Two;
  using Base::v_;
  using Base::With;
};

template <class Sink>
void ExtractWords(const DocumentView& view, const FeatureContext& context,
                  std::size_t i, Sink& sink) {
  FeatureExtractor<Sink>(view, context, i, sink).Words();
}

template <class Sink>
void ExtractWhole(const DocumentView& view, const FeatureContext& context,
                  std::size_t i, Sink& sink) {
  FeatureExtractor<Sink> extractor(view, context, i, sink);
  extractor.Words();
  extractor.Joint();
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURES_INL_H_
