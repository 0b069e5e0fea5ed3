// SPDX-License-Identifier: Apache-2.0
//
// The bodies of the feature templates (features.h says what a sink is).

#ifndef PHIWIRE_RULES_FEATURES_INL_H_
#define PHIWIRE_RULES_FEATURES_INL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "rules/feature_writer.h"

namespace phiwire {

template <class Sink>
class FeatureExtractor : private FeatureWriter<Sink> {
 public:
  FeatureExtractor(const DocumentView& view, const FeatureContext& context,
                   std::size_t i, Sink& sink)
      : Base(view, context, i, sink) {}

  // Everything: Own, the six neighbours' own, and Joint.
  void All() {
    Own();
    std::int32_t before = tv_.previous_word, after = tv_.next_word;
    for (int d = 1; d <= 3; ++d) {
      if (before >= 0) Neighbour(static_cast<std::size_t>(before), -d);
      if (after >= 0) Neighbour(static_cast<std::size_t>(after), d);
      before = Step(before, true);
      after = Step(after, false);
    }
    Joint();
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
    const Token& n = v_.token(k);
    Number(d < 0 ? Feature::kNearFirstM1 : Feature::kNearFirstP1, n.lex.first);
    Number(d < 0 ? Feature::kNearLastM1 : Feature::kNearLastP1, n.lex.last);
    if (n.lex.city)
      Number(d < 0 ? Feature::kNearCityM1 : Feature::kNearCityP1, n.lex.city);
    Number(d < 0 ? Feature::kNearFlagsM1 : Feature::kNearFlagsP1,
           n.lex.flags & 0x1FFu);
  }

  // What depends on the token together with its place.
  void Joint() {
    Around();
    Pairs(tv_.previous_word, true);
    Pairs(tv_.next_word, false);
    Run();
    Covers();
    Contexts();
    Layout();
    Usage();
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
    Two(Feature::kCase, case_, static_cast<std::uint32_t>(t_.kind));
    const std::size_t n = t_.end - t_.begin;
    if (t_.kind == TokenKind::kWord && n >= 4) {
      Substring(Feature::kSuffix3, n - 3, 3);
      Substring(Feature::kSuffix2, n - 2, 2);
      Substring(Feature::kPrefix3, 0, 3);
    }
    if (t_.kind == TokenKind::kNumber)
      Number(Feature::kNumberValue, NumberBin(v_.surface(i_)));
    Classes(Feature::kClass, t_.classes);
    Classes(Feature::kCaseClass, t_.classes, case_ + 1);
  }

  void Lexicon() {
    if (t_.kind == TokenKind::kNumber) return;
    const LexEntry& e = t_.lex;
    Number(Feature::kFirst, e.first);
    Number(Feature::kLast, e.last);
    Number(Feature::kZipf, e.zipf);
    Number(Feature::kRatio, ratio_);
    if (e.city != 0) Number(Feature::kCity, e.city);
    if (e.hospital != 0) Number(Feature::kHospital, e.hospital);
    if (e.medical != 0) Number(Feature::kMedical, e.medical);
    for (std::uint32_t bits = e.flags; bits != 0; bits &= bits - 1) {
      Number(Feature::kLexFlags,
             static_cast<std::uint32_t>(std::countr_zero(bits)));
    }
    Two(Feature::kCaseRatio, case_, ratio_);
    Two(Feature::kCaseFirst, case_, e.first);
    Two(Feature::kCaseLast, case_, e.last);
    Two(Feature::kCaseFlags, case_, e.flags & 0x1FFu);
  }

  void Around() {
    Side(Feature::kWordM1, -1);
    Side(Feature::kWordM2, -2);
    Side(Feature::kWordP1, 1);
    Side(Feature::kWordP2, 2);
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

  void Pairs(std::int32_t at, bool before) {
    if (at < 0) {
      Number(before ? Feature::kNearCaseM1 : Feature::kNearCaseP1, 999);
      return;
    }
    const auto k = static_cast<std::size_t>(at);
    const Token& n = v_.token(k);
    const std::uint32_t apart = v_.view(k).line == tv_.line ? 0u : 1u;
    const auto n_case = static_cast<std::uint32_t>(n.letter_case);
    Two(before ? Feature::kNearCaseM1 : Feature::kNearCaseP1,
        n_case * 2 + apart, case_);
    if (t_.kind == TokenKind::kWord) {
      const auto n_ratio = static_cast<std::uint32_t>(NameRatio(n.lex) + 16);
      Two(before ? Feature::kRatiosM1 : Feature::kRatiosP1, ratio_ * 8 + case_,
          n_ratio * 8 + n_case);
    } else {
      Two(before ? Feature::kShapesM1 : Feature::kShapesP1, Shape(),
          RunShapeOf(k, k));
    }
  }
  std::int32_t Step(std::int32_t at, bool before) const {
    if (at < 0) return -1;
    const TokenView& x = v_.view(static_cast<std::size_t>(at));
    return before ? x.previous_word : x.next_word;
  }

  void Run() {
    if (tv_.run_first == tv_.run_last) return;
    const std::uint32_t run_shape = RunShapeOf(tv_.run_first, tv_.run_last);
    sink_.Add(Feature::kRunShape, run_shape,
              [&] { return ShapeText(v_, tv_.run_first, tv_.run_last); });
    const auto index = static_cast<std::uint32_t>(i_ - tv_.run_first);
    sink_.Add(Feature::kRunIndexShape, MixValues(run_shape, index), [&] {
      return ShapeText(v_, tv_.run_first, tv_.run_last) + "@" +
             std::to_string(index);
    });
    const int to_begin = -static_cast<int>(index) - 1;
    const int to_end = static_cast<int>(tv_.run_last - i_) + 1;
    if (t_.kind == TokenKind::kWord) return;
    With(Feature::kRunBefore, run_shape, to_begin);
    With(Feature::kRunAfter, run_shape, to_end);
    RunClasses(Feature::kRunClassBefore, to_begin);
    RunClasses(Feature::kRunClassAfter, to_end);
  }
  void RunClasses(Feature f, int offset) {
    const auto at = static_cast<std::ptrdiff_t>(i_) + offset;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(v_.size())) return;
    Classes(f, v_.token(static_cast<std::size_t>(at)).classes);
  }

  void Cover(std::int32_t id, bool best) {
    const Candidate& c = v_.document().candidates[static_cast<std::size_t>(id)];
    const std::uint32_t place =
        (c.begin >= t_.begin ? 1u : 0u) | (c.end <= t_.end ? 2u : 0u);
    const std::uint32_t flags = place | (c.valid ? 4u : 0u);
    sink_.Add(
        Feature::kCover, MixValues(c_.pattern_hashes[c.pattern], flags), [&] {
          return c_.pattern_names[c.pattern] + "|" + std::to_string(flags);
        });
    const auto type = static_cast<std::uint32_t>(c.type);
    sink_.Add(Feature::kCoverType, type,
              [&] { return std::string(TypeName(c.type)); });
    if (!best) return;
    Two(Feature::kCoverScore, type, static_cast<std::uint32_t>(c.score * 10));
    Two(Feature::kCoverValid, type,
        (c.valid ? 1u : 0u) + (c.proof ? 2u : 0u) + case_ * 4);
  }
  void Covers() {
    for (std::size_t k = 0; k < tv_.covers.size() && tv_.covers[k] >= 0; ++k) {
      Cover(tv_.covers[k], k == 0);
    }
    if (tv_.covers[0] < 0) Number(Feature::kCoverType, 99);
    NearCover(tv_.previous_word, Feature::kCoverM1);
    NearCover(tv_.next_word, Feature::kCoverP1);
  }
  void NearCover(std::int32_t at, Feature f) {
    if (at < 0) return;
    const std::int32_t id = v_.view(static_cast<std::size_t>(at)).covers[0];
    if (id < 0) return;
    const Candidate& c = v_.document().candidates[static_cast<std::size_t>(id)];
    Two(f, static_cast<std::uint32_t>(c.type), id == tv_.covers[0] ? 1 : 0);
  }

  void Contexts() {
    if (tv_.context_type != 0xFF) {
      const std::uint32_t d = tv_.context_distance;
      const std::uint32_t bin = d <= 3 ? d : d <= 5 ? 4 : d <= 9 ? 5 : 6;
      Two(Feature::kContext, tv_.context_type, bin);
      Two(Feature::kContextCase, tv_.context_type * 8u + bin,
          case_ * 4 + static_cast<std::uint32_t>(t_.kind));
      if (t_.kind != TokenKind::kWord && bin < 6)
        Two(Feature::kContextShape, tv_.context_type, Shape());
    }
    if (tv_.context_after != 0xFF) {
      Two(Feature::kContextAfter, tv_.context_after,
          static_cast<std::uint32_t>(t_.kind));
    }
  }

  void Layout() {
    const Line& line = v_.line(i_);
    if (tv_.label != 0) {
      const std::uint32_t near = std::min<std::uint32_t>(tv_.label_distance, 4);
      Hashed(Feature::kLabel, tv_.label, near + 1);
      if (tv_.label2 != 0)
        Hashed(Feature::kLabel2, MixValues(tv_.label, tv_.label2));
      Hashed(Feature::kLabelCase, tv_.label, 100 + case_);
      if (t_.kind != TokenKind::kWord)
        Hashed(Feature::kLabelShape, tv_.label, Shape());
    }
    if (line.delimiter != 0) {
      Hashed(Feature::kColumn, tv_.column);
      Hashed(Feature::kColumnCase, tv_.column,
             100 + case_ * 4 + static_cast<std::uint32_t>(t_.kind));
    }
    const std::uint32_t place = static_cast<std::uint32_t>(i_) - line.first;
    Two(Feature::kLinePlace, std::min<std::uint32_t>(place, 3), case_);
    if (place > 0 && place < 12 && IsWordLike(v_.token(line.first))) {
      Hashed(Feature::kLineStart, v_.token(line.first).hash);
    }
    const bool upper = line.uppers * 10 > line.words * 7;
    const bool lower = line.uppers + line.titles == 0;
    Two(Feature::kLineCase, (upper ? 1u : 0u) + (lower ? 2u : 0u),
        case_ * 32 + ratio_);
    const auto from_end =
        static_cast<std::uint32_t>(v_.lines().size()) - 1 - tv_.line;
    Two(Feature::kLineFromEnd, std::min<std::uint32_t>(from_end, 6), case_);
    Hashed(Feature::kSectionCase, line.section, case_ + 100);
  }

  static std::uint32_t Few(std::uint32_t n) {
    return n < 3 ? n : n < 8 ? 3 : 4;
  }

  void Usage() {
    Two(Feature::kDocumentCase, case_,
        static_cast<std::uint32_t>(v_.lower_tenths()));
    if (t_.kind != TokenKind::kWord) {
      Two(Feature::kSeenCount, Few(v_.use(i_).lower + v_.use(i_).title), 9);
      return;
    }
    const WordUse& use = v_.use(i_);
    const std::uint32_t own_lower = t_.letter_case == Case::kLower ? 1 : 0;
    Two(Feature::kSeenLower, Few(use.lower - own_lower), case_);
    Two(Feature::kSeenTitled, Few(use.titled), case_);
    Two(Feature::kSeenCaseRatio,
        (use.lower > own_lower ? 1u : 0u) + (use.titled > 0 ? 2u : 0u) +
            case_ * 4,
        ratio_);
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
  using Base::Side;
  using Base::sink_;
  using Base::Substring;
  using Base::t_;
  using Base::tv_;
  using Base::Two;
  using Base::v_;
  using Base::With;
};

template <class Sink>
void ExtractFeatures(const DocumentView& view, const FeatureContext& context,
                     std::size_t i, Sink& sink) {
  FeatureExtractor<Sink>(view, context, i, sink).All();
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURES_INL_H_
