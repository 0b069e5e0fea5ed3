// SPDX-License-Identifier: Apache-2.0
//
// What the feature templates are written with: one token, its place, and the
// ways a value is made of them. Base of the extractors (features_inl.h,
// thin_features_inl.h); lives for one token.

#ifndef PHIWIRE_RULES_FEATURE_WRITER_H_
#define PHIWIRE_RULES_FEATURE_WRITER_H_

#include <array>
#include <bit>
#include <string>

#include "base/computed.h"
#include "base/strings.h"
#include "rules/feature_text.h"
#include "rules/features.h"
#include "rules/small_domain.h"
#include "rules/token_marks.h"

namespace phiwire {

// Tells a sink that keeps tables where a small feature stands in them, and any
// other its value.
template <class Sink, class Describe>
[[gnu::always_inline]] inline void AddSmall(Sink& sink, Feature f,
                                            std::uint32_t a, std::uint32_t b,
                                            std::uint32_t value,
                                            Describe describe) {
  if constexpr (requires { sink.Small(f, a, b); }) {
    sink.Small(f, a, b);
  } else {
    sink.Add(f, value, describe);
  }
}

template <class Sink>
class FeatureWriter {
 protected:
  FeatureWriter(const DocumentView& view, const FeatureContext& context,
                std::size_t i, Sink& sink)
      : v_(view), c_(context), i_(i), t_(view.token(i)), sink_(sink) {
    case_ = static_cast<std::uint32_t>(t_.letter_case);
    ratio_ = RatioOf(i);
  }
  std::uint32_t RatioOf(std::size_t k) const {
    return static_cast<std::uint32_t>(NameRatio(v_.facts(k).lex) + 16);
  }

  // Templates of the words at -3, -2, -1, 1, 2, 3.
  struct NeighbourSlots {
    Feature word, ratio, classes;
  };
  static constexpr NeighbourSlots kSlots[6] = {
      {Feature::kNearWordM3, Feature::kNearRatioM3, Feature::kNearClassM3},
      {Feature::kNearWordM2, Feature::kNearRatioM2, Feature::kNearClassM2},
      {Feature::kNearWordM1, Feature::kNearRatioM1, Feature::kNearClassM1},
      {Feature::kNearWordP1, Feature::kNearRatioP1, Feature::kNearClassP1},
      {Feature::kNearWordP2, Feature::kNearRatioP2, Feature::kNearClassP2},
      {Feature::kNearWordP3, Feature::kNearRatioP3, Feature::kNearClassP3}};

  // The templates every model has of neighbour k, d words away.
  void NearWord(std::size_t k, int d) {
    const Token& n = v_.token(k);
    const NeighbourSlots& slot =
        kSlots[static_cast<std::size_t>(d < 0 ? d + 3 : d + 2)];
    const bool number = n.kind == TokenKind::kNumber;
    sink_.Add(slot.word, number ? NumberBin(v_.surface(k)) : n.hash, [&] {
      return number ? Concat({"#", std::to_string(NumberBin(v_.surface(k)))})
                    : LowerText(v_.surface(k));
    });
    const std::uint32_t ratio = k == i_ ? ratio_ : RatioOf(k);
    Small(slot.ratio, ratio, static_cast<std::uint32_t>(n.letter_case));
    Classes(slot.classes, v_.facts(k).classes);
  }
  void Number(Feature f, std::uint32_t value) {
    sink_.Add(f, value, [&] { return std::to_string(value); });
  }
  void Two(Feature f, std::uint32_t a, std::uint32_t b) {
    sink_.Add(f, MixValues(a, b),
              [&] { return std::to_string(a) + "|" + std::to_string(b); });
  }
  // A feature of few values (DomainOf).
  template <class Describe>
  void Small(Feature f, std::uint32_t a, std::uint32_t b, Describe describe) {
    AddSmall(sink_, f, a, b, MixValues(a, b), describe);
  }
  void Small(Feature f, std::uint32_t a, std::uint32_t b) {
    Small(f, a, b, [&] { return std::to_string(a) + "|" + std::to_string(b); });
  }
  void Small(Feature f, std::uint32_t a) {
    Small(f, a, 0, [&] { return std::to_string(a); });
  }
  // Raw neighbour, punctuation and line feeds included; edges have their own.
  std::uint32_t RawHash(int offset) {
    if (offset < -2 || offset > 2) return RawHashAt(offset);
    std::uint32_t& cached = raw_[static_cast<std::size_t>(offset + 2)];
    if (cached == 0) cached = RawHashAt(offset);
    return cached;
  }
  std::uint32_t RawHashAt(int offset) const {
    const auto at = static_cast<std::ptrdiff_t>(i_) + offset;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(v_.size())) return 2;
    const auto k = static_cast<std::size_t>(at);
    const Token& t = v_.token(k);
    if (t.kind == TokenKind::kNumber) return RunShapeOf(k, k);
    const std::uint32_t mark = MarkOf(t);
    return Chosen(mark == kNoMark, t.hash, mark);
  }
  void RawPair(Feature f, int a, int b) {
    sink_.Add(f, MixValues(RawHash(a), RawHash(b)),
              [&] { return NearText(v_, i_, a) + "|" + NearText(v_, i_, b); });
  }
  void With(Feature f, std::uint32_t own, int offset) {
    sink_.Add(f, MixValues(own, RawHash(offset)), [&] {
      return std::to_string(own) + "|" + NearText(v_, i_, offset);
    });
  }
  void Classes(Feature f, std::uint64_t classes, std::uint32_t with = 0) {
    for (std::uint64_t bits = classes; bits != 0; bits &= bits - 1) {
      const auto b = static_cast<std::size_t>(std::countr_zero(bits));
      AddSmall(sink_, f, static_cast<std::uint32_t>(b), with,
               c_.class_hashes[b] + with, [&] {
                 return with == 0
                            ? c_.class_names[b]
                            : c_.class_names[b] + "|" + std::to_string(with);
               });
    }
  }
  // A word known only by its hash; 0 is none.
  void Hashed(Feature f, std::uint32_t hash, std::uint32_t with = 0) {
    if (hash == 0) return;
    sink_.Add(f, with == 0 ? hash : MixValues(hash, with), [&] {
      const std::string text = HashText(v_, hash);
      return with == 0 ? text : text + "|" + std::to_string(with);
    });
  }
  std::uint32_t Shape() {
    if (shape_ == 0) shape_ = RunShapeOf(i_, i_);
    return shape_;
  }
  std::uint32_t RunShapeOf(std::size_t first, std::size_t last) const {
    const std::uint32_t begin = v_.token(first).begin;
    return ShapeHash(
        v_.document().text.substr(begin, v_.token(last).end - begin));
  }
  void Substring(Feature f, std::size_t from, std::size_t length) {
    const std::string_view s = v_.surface(i_);
    std::uint32_t h = 2166136261u;
    for (char ch : s.substr(from, length)) {
      const auto byte = static_cast<unsigned char>(ch);
      h = (h ^ (byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte)) * 16777619u;
    }
    sink_.Add(f, h, [&] { return LowerText(s.substr(from, length)); });
  }

  // The mark at an offset; nothing for a word.
  void Side(Feature f, int offset) {
    const std::uint32_t mark = MarkAt(v_, i_, offset);
    if (mark != kNoMark) {
      sink_.Add(f, mark, [&] { return NearText(v_, i_, offset); });
    }
  }

  const DocumentView& v_;
  const FeatureContext& c_;
  std::size_t i_;
  const Token& t_;
  Sink& sink_;
  std::uint32_t case_;
  std::uint32_t ratio_;
  std::uint32_t shape_ = 0;
  std::array<std::uint32_t, 5> raw_{};  // 0: not asked for yet
};

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURE_WRITER_H_
