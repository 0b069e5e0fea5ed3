// SPDX-License-Identifier: Apache-2.0
//
// The thin model of the filter (pass 0): of the token itself, of the two words
// on either side, of marks. Few enough templates that nearly every token costs
// a few loads (rules/scorer.h).

#ifndef PHIWIRE_RULES_THIN_FEATURES_INL_H_
#define PHIWIRE_RULES_THIN_FEATURES_INL_H_

#include "rules/feature_writer.h"

namespace phiwire {

template <class Sink>
class ThinExtractor : private FeatureWriter<Sink> {
 public:
  ThinExtractor(const DocumentView& view, const FeatureContext& context,
                std::size_t i, Sink& sink)
      : Base(view, context, i, sink) {}

  // What depends on the token alone.
  void Own() {
    sink_.Add(
        Feature::kWord,
        t_.kind == TokenKind::kNumber ? RunShapeOf(i_, i_) : t_.hash, [&] {
          return t_.kind == TokenKind::kNumber ? ShapeText(v_, i_, i_)
                                               : LowerText(v_.surface(i_));
        });
    Two(Feature::kCaseRatio, case_, ratio_);
    Two(Feature::kCaseFirst, case_, v_.facts(i_).lex.first);
    Two(Feature::kCaseLast, case_, v_.facts(i_).lex.last);
    Two(Feature::kCaseFlags, case_, v_.facts(i_).lex.flags & 0x1FFu);
    Two(Feature::kCity, case_, v_.facts(i_).lex.city);
    Classes(Feature::kCaseClass, v_.facts(i_).classes, case_ + 1);
    const std::size_t n = t_.end - t_.begin;
    if (t_.kind == TokenKind::kWord && n >= 4) {
      Substring(Feature::kSuffix3, n - 3, 3);
    }
    if (t_.kind == TokenKind::kNumber) {
      Number(Feature::kNumberValue, NumberBin(v_.surface(i_)));
    }
  }
  // What depends on neighbour k alone, d words away: 1 or 2, either side.
  void Neighbour(std::size_t k, int d) { NearWord(k, d); }
  // Punctuation and edges beside it, and what the recognizers made of it: few
  // enough values for tables.
  void Around() {
    Side(Feature::kWordM1, -1);
    Side(Feature::kWordP1, 1);
    Number(Feature::kCoverType, CoverValue(v_, i_));
    Number(Feature::kContext, v_.label_value(i_));
  }

 private:
  using Base = FeatureWriter<Sink>;
  using Base::c_;
  using Base::case_;
  using Base::Classes;
  using Base::i_;
  using Base::NearWord;
  using Base::Number;
  using Base::ratio_;
  using Base::RunShapeOf;
  using Base::Side;
  using Base::sink_;
  using Base::Substring;
  using Base::t_;
  using Base::Two;
  using Base::v_;
};

// The filter's features: of the token, the two words on either side, marks.
template <class Sink>
void ExtractThin(const DocumentView& view, const FeatureContext& context,
                 std::size_t i, Sink& sink) {
  ThinExtractor<Sink> extractor(view, context, i, sink);
  extractor.Own();
  std::int32_t before = view.previous_word(i);
  std::int32_t after = view.next_word(i);
  for (int d = 1; d <= 2; ++d) {
    if (before >= 0) {
      extractor.Neighbour(static_cast<std::size_t>(before), -d);
      before = view.previous_word(static_cast<std::size_t>(before));
    }
    if (after >= 0) {
      extractor.Neighbour(static_cast<std::size_t>(after), d);
      after = view.next_word(static_cast<std::size_t>(after));
    }
  }
  extractor.Around();
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_THIN_FEATURES_INL_H_
