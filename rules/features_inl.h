// SPDX-License-Identifier: Apache-2.0
//
// The bodies of the feature templates (features.h says what a sink is).

#ifndef PHIWIRE_RULES_FEATURES_INL_H_
#define PHIWIRE_RULES_FEATURES_INL_H_

#include <algorithm>
#include <array>
#include <bit>
#include <string>

#include "rules/features.h"

namespace phiwire {

// What stands `offset` tokens away when it is no word: its symbol, a line feed
// or the edge of the text; kNoMark for a word.
inline constexpr std::uint32_t kNoMark = 0;
inline constexpr std::uint32_t kMarkCount = 0x181;
inline std::uint32_t MarkAt(const DocumentView& view, std::size_t i,
                            int offset) {
  const auto at = static_cast<std::ptrdiff_t>(i) + offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return 2;
  const Token& t = view.token(static_cast<std::size_t>(at));
  if (t.kind == TokenKind::kPunct) return 0x100u + t.symbol;
  return t.kind == TokenKind::kNewline ? 3 : kNoMark;
}

// Type of the best candidate over a token, 99 for none.
inline std::uint32_t CoverValue(const DocumentView& view, std::size_t i) {
  const std::int32_t best = view.view(i).covers[0];
  if (best < 0) return 99;
  return static_cast<std::uint32_t>(
      view.document().candidates[static_cast<std::size_t>(best)].type);
}

// Type of the label before a token and how far it is, 0 for none.
inline std::uint32_t LabelValue(const DocumentView& view, std::size_t i) {
  const TokenView& v = view.view(i);
  if (v.context_type == 0xFF) return 0;
  const std::uint32_t d = v.context_distance;
  return 1u + v.context_type * 4u +
         (d <= 1   ? 0u
          : d <= 3 ? 1u
          : d <= 7 ? 2u
                   : 3u);
}

template <class Sink>
class FeatureExtractor {
 public:
  FeatureExtractor(const DocumentView& view, const FeatureContext& context,
                   std::size_t i, Sink& sink)
      : v_(view),
        c_(context),
        i_(i),
        t_(view.token(i)),
        tv_(view.view(i)),
        sink_(sink) {
    case_ = static_cast<std::uint32_t>(t_.letter_case);
    ratio_ = static_cast<std::uint32_t>(NameRatio(t_.lex) + 16);
  }

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
    const Token& n = v_.token(k);
    const NeighbourSlots& slot =
        kSlots[static_cast<std::size_t>(d < 0 ? d + 3 : d + 2)];
    sink_.Add(slot.word, n.hash, [&] { return Lower(v_.surface(k)); });
    Two(slot.ratio, static_cast<std::uint32_t>(NameRatio(n.lex) + 16),
        static_cast<std::uint32_t>(n.letter_case));
    Classes(slot.classes, n.classes);
    if (d < -1 || d > 1) return;
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

  // The thin model of the filter (pass 0): what it looks at of the token
  // itself and of a word d away.
  void ThinOwn() {
    sink_.Add(Feature::kWord,
              t_.kind == TokenKind::kNumber ? RunShapeOf(i_, i_) : t_.hash,
              [&] {
                return t_.kind == TokenKind::kNumber ? ShapeText(i_, i_)
                                                     : Lower(v_.surface(i_));
              });
    Two(Feature::kCaseRatio, case_, ratio_);
    Two(Feature::kCaseFirst, case_, t_.lex.first);
    Two(Feature::kCaseLast, case_, t_.lex.last);
    Two(Feature::kCaseFlags, case_, t_.lex.flags & 0x1FFu);
    Two(Feature::kCity, case_, t_.lex.city);
    Classes(Feature::kCaseClass, t_.classes, case_ + 1);
    const std::size_t n = t_.end - t_.begin;
    if (t_.kind == TokenKind::kWord && n >= 4)
      Substring(Feature::kSuffix3, n - 3, 3);
    if (t_.kind == TokenKind::kNumber)
      Number(Feature::kNumberValue, NumberBin());
  }
  void ThinNeighbour(std::size_t k, int d) {
    const Token& n = v_.token(k);
    const NeighbourSlots& slot =
        kSlots[static_cast<std::size_t>(d < 0 ? d + 3 : d + 2)];
    sink_.Add(slot.word, n.hash, [&] { return Lower(v_.surface(k)); });
    Two(slot.ratio, static_cast<std::uint32_t>(NameRatio(n.lex) + 16),
        static_cast<std::uint32_t>(n.letter_case));
    Classes(slot.classes, n.classes);
  }
  // Punctuation and edges beside it, and what the recognizers made of it: few
  // enough values for tables.
  void ThinAround() {
    ThinSide(Feature::kWordM1, -1);
    ThinSide(Feature::kWordP1, 1);
    Number(Feature::kCoverType, CoverValue(v_, i_));
    Number(Feature::kContext, LabelValue(v_, i_));
  }

 private:
  void Number(Feature f, std::uint32_t value) {
    sink_.Add(f, value, [&] { return std::to_string(value); });
  }
  void Two(Feature f, std::uint32_t a, std::uint32_t b) {
    sink_.Add(f, MixValues(a, b),
              [&] { return std::to_string(a) + "|" + std::to_string(b); });
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
    if (t.kind == TokenKind::kPunct) return 0x100u + t.symbol;
    if (t.kind == TokenKind::kNewline) return 3;
    return t.hash;
  }
  std::string RawText(int offset) const {
    const auto at = static_cast<std::ptrdiff_t>(i_) + offset;
    if (at < 0 || at >= static_cast<std::ptrdiff_t>(v_.size())) return "<edge>";
    const Token& t = v_.token(static_cast<std::size_t>(at));
    if (t.kind == TokenKind::kNewline) return "<line>";
    if (t.kind == TokenKind::kNumber) {
      return "<" + std::to_string(t.end - t.begin) + " digits>";
    }
    return Lower(v_.surface(static_cast<std::size_t>(at)));
  }
  static std::string Lower(std::string_view s) {
    std::string out(s);
    for (char& ch : out) {
      if (ch >= 'A' && ch <= 'Z') ch = static_cast<char>(ch | 0x20);
    }
    return out;
  }
  void Raw(Feature f, int offset) {
    sink_.Add(f, RawHash(offset), [&] { return RawText(offset); });
  }
  void RawPair(Feature f, int a, int b) {
    sink_.Add(f, MixValues(RawHash(a), RawHash(b)),
              [&] { return RawText(a) + "|" + RawText(b); });
  }
  void With(Feature f, std::uint32_t own, int offset) {
    sink_.Add(f, MixValues(own, RawHash(offset)),
              [&] { return std::to_string(own) + "|" + RawText(offset); });
  }
  void Classes(Feature f, std::uint64_t classes, std::uint32_t with = 0) {
    for (std::uint64_t bits = classes; bits != 0; bits &= bits - 1) {
      const auto b = static_cast<std::size_t>(std::countr_zero(bits));
      sink_.Add(f, c_.class_hashes[b] + with, [&] {
        return with == 0 ? c_.class_names[b]
                         : c_.class_names[b] + "|" + std::to_string(with);
      });
    }
  }
  // A word known only by its hash: its text is found again in the document.
  void Hashed(Feature f, std::uint32_t hash, std::uint32_t with = 0) {
    if (hash == 0) return;
    sink_.Add(f, with == 0 ? hash : MixValues(hash, with), [&] {
      std::string text = "#" + std::to_string(hash);
      for (std::size_t k = 0; k < v_.size(); ++k) {
        if (v_.token(k).hash == hash && IsWordLike(v_.token(k))) {
          text = Lower(v_.surface(k));
          break;
        }
      }
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
  std::string ShapeText(std::size_t first, std::size_t last) const {
    std::string out;
    for (std::size_t k = first; k <= last; ++k) {
      for (char ch : v_.surface(k)) {
        const auto byte = static_cast<unsigned char>(ch);
        char s = ch;
        if (byte >= 0x80 || (byte >= 'a' && byte <= 'z')) s = 'x';
        if (byte >= 'A' && byte <= 'Z') s = 'X';
        if (byte >= '0' && byte <= '9') s = 'd';
        const std::size_t n = out.size();
        if ((s == 'x' || s == 'X') && n > 1 && out[n - 1] == s &&
            out[n - 2] == s)
          continue;
        out += s;
      }
    }
    return out;
  }
  void Substring(Feature f, std::size_t from, std::size_t length) {
    const std::string_view s = v_.surface(i_);
    std::uint32_t h = 2166136261u;
    for (char ch : s.substr(from, length)) {
      const auto byte = static_cast<unsigned char>(ch);
      h = (h ^ (byte >= 'A' && byte <= 'Z' ? byte | 0x20u : byte)) * 16777619u;
    }
    sink_.Add(f, h, [&] { return Lower(s.substr(from, length)); });
  }

  void OwnSurface() {
    Number(Feature::kBias, 0);
    if (t_.kind != TokenKind::kNumber) {
      sink_.Add(Feature::kWord, t_.hash, [&] { return Lower(v_.surface(i_)); });
      sink_.Add(Feature::kWordCase, MixValues(t_.hash, case_), [&] {
        return Lower(v_.surface(i_)) + "|" + std::to_string(case_);
      });
    }
    sink_.Add(Feature::kShape, Shape(), [&] { return ShapeText(i_, i_); });
    Two(Feature::kCase, case_, static_cast<std::uint32_t>(t_.kind));
    const std::size_t n = t_.end - t_.begin;
    if (t_.kind == TokenKind::kWord && n >= 4) {
      Substring(Feature::kSuffix3, n - 3, 3);
      Substring(Feature::kSuffix2, n - 2, 2);
      Substring(Feature::kPrefix3, 0, 3);
    }
    if (t_.kind == TokenKind::kNumber)
      Number(Feature::kNumberValue, NumberBin());
    Classes(Feature::kClass, t_.classes);
    Classes(Feature::kCaseClass, t_.classes, case_ + 1);
  }

  std::uint32_t NumberBin() const {
    std::uint32_t value = 0;
    const std::string_view s = v_.surface(i_);
    if (s.size() > 4)
      return 1000 +
             std::min<std::uint32_t>(static_cast<std::uint32_t>(s.size()), 20);
    for (char ch : s) {
      if (ch < '0' || ch > '9') return 999;
      value = value * 10 + static_cast<std::uint32_t>(ch - '0');
    }
    const std::uint32_t zero = s[0] == '0' ? 100 : 0;
    if (value <= 12) return 1 + zero;
    if (value <= 31) return 2 + zero;
    if (value < 90) return 3 + zero;
    if (value < 100) return 4 + zero;
    if (value < 1000) return 5 + zero;
    if (value < 1900) return 6 + zero;
    if (value <= 2035) return 7 + zero;
    return 8 + zero;
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
    ThinSide(Feature::kWordM1, -1);
    ThinSide(Feature::kWordM2, -2);
    ThinSide(Feature::kWordP1, 1);
    ThinSide(Feature::kWordP2, 2);
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

  // The token together with its nearest word on one side.
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
              [&] { return ShapeText(tv_.run_first, tv_.run_last); });
    const auto index = static_cast<std::uint32_t>(i_ - tv_.run_first);
    sink_.Add(Feature::kRunIndexShape, MixValues(run_shape, index), [&] {
      return ShapeText(tv_.run_first, tv_.run_last) + "@" +
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

  void ThinSide(Feature f, int offset) {
    const std::uint32_t mark = MarkAt(v_, i_, offset);
    if (mark != kNoMark) sink_.Add(f, mark, [&] { return RawText(offset); });
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

  const DocumentView& v_;
  const FeatureContext& c_;
  std::size_t i_;
  const Token& t_;
  const TokenView& tv_;
  Sink& sink_;
  std::uint32_t case_;
  std::uint32_t ratio_;
  std::uint32_t shape_ = 0;
  std::array<std::uint32_t, 5> raw_{};  // 0: not asked for yet
};

template <class Sink>
void ExtractFeatures(const DocumentView& view, const FeatureContext& context,
                     std::size_t i, Sink& sink) {
  FeatureExtractor<Sink>(view, context, i, sink).All();
}

// The filter's features: of the token, the two words on either side, marks.
template <class Sink>
void ExtractThin(const DocumentView& view, const FeatureContext& context,
                 std::size_t i, Sink& sink) {
  FeatureExtractor<Sink> extractor(view, context, i, sink);
  extractor.ThinOwn();
  std::int32_t before = view.view(i).previous_word;
  std::int32_t after = view.view(i).next_word;
  for (int d = 1; d <= 2; ++d) {
    if (before >= 0) {
      extractor.ThinNeighbour(static_cast<std::size_t>(before), -d);
      before = view.view(static_cast<std::size_t>(before)).previous_word;
    }
    if (after >= 0) {
      extractor.ThinNeighbour(static_cast<std::size_t>(after), d);
      after = view.view(static_cast<std::size_t>(after)).next_word;
    }
  }
  extractor.ThinAround();
}

}  // namespace phiwire

#endif  // PHIWIRE_RULES_FEATURES_INL_H_
