// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_gate.h"

#include <bit>

#include "rules/features.h"

namespace phiwire {
namespace {

// Traits of a word, 16 bits: its case and kind, one bit each; whether it is
// there; thresholds that rules use of its lexicon entry.
enum Trait : unsigned {
  kCaseBits = 0,  // six
  kKindBits = 6,  // three
  kPresent = 9,
  kFirst5 = 10,
  kFirst6 = 11,
  kLast4 = 12,
  kLast5 = 13,
  kRatio0 = 14,
  kRatio1 = 15,
};
// Rules are sorted by the word's own case and kind already; in its place the
// situation holds what concerns the line and the document.
enum OwnTrait : unsigned { kSlash = 0, kLabelled, kShortLine, kTitled };
constexpr std::uint64_t kOwnUnused = 0x1FF;  // bits of case and kind

// Where each part of a situation begins.
constexpr unsigned kOwn = 0, kBefore = 16, kAfter = 32, kSymbolBefore = 48,
                   kSymbolAfter = 56;
constexpr std::uint32_t kShortLineWords = 6;

constexpr std::uint64_t Bit(unsigned at) { return std::uint64_t{1} << at; }

// Punctuation beside a word, one bit of eight.
enum SymbolCode : unsigned {
  kComma,
  kColon,
  kSlashSign,
  kHyphen,
  kStop,
  kBracket,
  kOther,
  kNoSymbol
};
constexpr SymbolCode CodeOf(std::uint8_t symbol) {
  switch (symbol) {
    case ',':
      return kComma;
    case ':':
      return kColon;
    case '/':
      return kSlashSign;
    case '-':
      return kHyphen;
    case '.':
      return kStop;
    case '(':
    case ')':
      return kBracket;
    default:
      return kOther;
  }
}
// Symbols that share their code with no other.
constexpr bool HasOwnCode(std::uint8_t symbol) {
  return CodeOf(symbol) < kBracket;
}

SymbolCode SymbolAt(const DocumentView& view, std::ptrdiff_t at) {
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(view.size())) return kOther;
  const Token& t = view.token(static_cast<std::size_t>(at));
  if (t.kind == TokenKind::kPunct) return CodeOf(t.symbol);
  return t.kind == TokenKind::kNewline ? kOther : kNoSymbol;
}

std::uint16_t TraitsOf(const Token& t, const LexEntry& lex) {
  std::uint64_t bits = Bit(kPresent) |
                       Bit(kCaseBits + static_cast<unsigned>(t.letter_case)) |
                       Bit(kKindBits + static_cast<unsigned>(t.kind));
  const auto set = [&](unsigned bit, bool on) {
    bits |= std::uint64_t{on} << bit;
  };
  set(kFirst5, lex.first >= 5);
  set(kFirst6, lex.first >= 6);
  set(kLast4, lex.last >= 4);
  set(kLast5, lex.last >= 5);
  const int ratio = NameRatio(lex);
  set(kRatio0, ratio >= 0);
  set(kRatio1, ratio >= 1);
  return static_cast<std::uint16_t>(bits);
}

void Need(unsigned bit, RuleGate* gate) {
  gate->care |= Bit(bit);
  gate->want |= Bit(bit);
}
// None of the bits at `base` that `allowed` lacks.
void Forbid(unsigned base, unsigned count, unsigned allowed, RuleGate* gate) {
  for (unsigned b = 0; b < count; ++b) {
    if ((allowed >> b & 1u) == 0) gate->care |= Bit(base + b);
  }
}

void AddWord(const Condition& c, RuleGate* gate) {
  if (c.offset < -1 || c.offset > 1) return;
  const unsigned base = c.offset == 0 ? kOwn : c.offset < 0 ? kBefore : kAfter;
  if (c.offset != 0) {
    Need(base + kPresent, gate);
    Forbid(base + kCaseBits, 6, c.word.cases, gate);
    Forbid(base + kKindBits, 3, c.word.kinds, gate);
  } else if (c.word.slash_runs) {
    Need(kOwn + kSlash, gate);
  }
  const auto at_least = [&](int low, int threshold, unsigned bit) {
    if (low >= threshold) Need(base + bit, gate);
  };
  for (const auto& [field, range] : c.word.ranges) {
    if (field == WordField::kFirst) {
      at_least(range.low, 5, kFirst5);
      at_least(range.low, 6, kFirst6);
    } else if (field == WordField::kLast) {
      at_least(range.low, 4, kLast4);
      at_least(range.low, 5, kLast5);
    } else if (field == WordField::kRatio) {
      at_least(range.low, 0, kRatio0);
      at_least(range.low, 1, kRatio1);
    }
  }
}

void AddBeside(const Condition& c, RuleGate* gate) {
  if (c.offset != -1 && c.offset != 1) return;
  const unsigned base = c.offset < 0 ? kSymbolBefore : kSymbolAfter;
  if (!c.negate) {
    unsigned allowed = c.edge ? 1u << kOther : 0;
    for (const std::uint8_t s : c.symbols) allowed |= 1u << CodeOf(s);
    Forbid(base, 8, allowed, gate);
    return;
  }
  for (const std::uint8_t s : c.symbols) {
    if (HasOwnCode(s)) gate->care |= Bit(base + CodeOf(s));
  }
}

void AddLine(const LineTest& test, RuleGate* gate) {
  if (!test.labels.empty()) Need(kOwn + kLabelled, gate);
  if (test.words.high <= static_cast<int>(kShortLineWords)) {
    Need(kOwn + kShortLine, gate);
  }
  if (test.start && *test.start) gate->care |= Bit(kBefore + kPresent);
  if (test.end && *test.end) gate->care |= Bit(kAfter + kPresent);
}

// Takes the condition's classes or words if they are rarer than those taken
// before: a list of words, else the fewest classes, near before far.
void AddClasses(const Condition& c, int* best, RuleGate* gate) {
  const WordTest& w = c.word;
  if (w.marks == 0 && w.any_class == 0) return;
  const bool within = c.kind == Condition::Kind::kWithin;
  const int count = w.marks != 0 ? 0 : std::popcount(w.any_class);
  const int cost = 2 * count + (within ? 1 : 0);
  if (cost >= *best) return;
  *best = cost;
  gate->marks = w.marks;
  gate->classes = w.marks != 0 ? 0 : w.any_class;
  gate->span = 1;
  gate->slot = c.offset;
  if (!within) return;
  gate->slot = c.offset < 0 ? c.offset : std::int8_t{1};
  gate->span = static_cast<std::uint8_t>(c.offset < 0 ? -c.offset : c.offset);
}

}  // namespace

void LineWords::Gather(const DocumentView& view, const Line& line,
                       std::size_t first, std::size_t last,
                       const WordClasses& rule_words) {
  std::size_t from = first;
  for (std::size_t before = 0; from > line.first && before < kPad; --from) {
    before += IsWordLike(view.token(from - 1)) ? 1 : 0;
  }
  places_.assign(kPad, LineWord{});
  std::size_t behind = 0;
  for (std::size_t i = from; i < line.last && behind < kPad; ++i) {
    const Token& t = view.token(i);
    if (!IsWordLike(t)) continue;
    behind += i > last ? 1 : 0;
    places_.push_back({view.facts(i).classes, rule_words.Find(t.hash),
                       static_cast<std::int32_t>(i), 0});
  }
  places_.resize(places_.size() + kPad);
}

std::uint64_t LineWords::Situation(const DocumentView& view,
                                   std::size_t place) {
  LineWord* word = places_.data() + kPad + place;
  const auto traits = [&](LineWord& w) -> std::uint64_t {
    if (w.traits == 0 && w.token >= 0) {
      const auto token = static_cast<std::size_t>(w.token);
      w.traits = TraitsOf(view.token(token), view.facts(token).lex);
    }
    return w.traits;
  };
  const auto at = static_cast<std::ptrdiff_t>(word->token);
  const auto token = static_cast<std::size_t>(at);
  const SymbolCode before = SymbolAt(view, at - 1);
  const SymbolCode after = SymbolAt(view, at + 1);
  const Line& line = view.line(token);
  std::uint64_t own = traits(*word) & ~kOwnUnused;
  own |= std::uint64_t{before == kSlashSign || after == kSlashSign} << kSlash;
  own |= std::uint64_t{view.label(token).hash != 0} << kLabelled;
  own |= std::uint64_t{line.words <= kShortLineWords} << kShortLine;
  own |= std::uint64_t{view.use(token).titled != 0} << kTitled;
  return own | traits(word[-1]) << kBefore | traits(word[1]) << kAfter |
         Bit(kSymbolBefore + before) | Bit(kSymbolAfter + after);
}

RuleGate RuleGate::Of(std::span<const Condition> conditions) {
  RuleGate gate;
  int best = 1000;
  for (const Condition& c : conditions) {
    if (c.kind == Condition::Kind::kAt && c.offset == 0 && !c.negate) {
      gate.kinds &= c.word.kinds;
      gate.cases &= c.word.cases;
    }
    if (c.kind == Condition::Kind::kBeside) AddBeside(c, &gate);
    if (c.negate) continue;
    switch (c.kind) {
      case Condition::Kind::kAt:
        AddWord(c, &gate);
        AddClasses(c, &best, &gate);
        break;
      case Condition::Kind::kWithin:
        AddClasses(c, &best, &gate);
        break;
      case Condition::Kind::kLine:
        AddLine(c.line, &gate);
        break;
      case Condition::Kind::kSeen:
        if (c.seen.titled.low >= 1) Need(kOwn + kTitled, &gate);
        break;
      case Condition::Kind::kPhrase:
        gate.phrases = static_cast<std::uint8_t>(1u << c.phrase_group);
        break;
      case Condition::Kind::kBeside:
        break;
    }
  }
  return gate;
}

void GateTable::Build(std::span<const RuleGate> gates) {
  rows_.assign((gates.size() + kSetSize - 1) / kSetSize * kRows, RuleSet{});
  for (std::size_t r = 0; r < gates.size(); ++r) AddRule(gates[r], r);
}

void GateTable::AddRule(const RuleGate& gate, std::size_t rule) {
  const auto add = [&](std::size_t row, bool fits) {
    RuleSet& set = rows_[rule / kSetSize * kRows + row];
    set[rule % kSetSize / 64] |= std::uint64_t{fits} << rule % 64;
  };
  for (std::size_t i = 0; i < kBytes * 256; ++i) {
    const std::uint64_t value = i % 256;
    const std::size_t shift = i / 256 * 8;
    add(i, (value & gate.care >> shift) == (gate.want >> shift & 0xFF));
  }
  for (std::size_t i = 0; i < kKinds * kCases; ++i) {
    add(kOwnRows + i, (gate.kinds >> (i / kCases) & 1) != 0 &&
                          (gate.cases >> (i % kCases) & 1) != 0);
  }
  add(kPhraseRow, gate.phrases == 0);
  for (int slot = -kNear; slot <= kNear; ++slot) {
    const std::size_t index = SlotIndex(slot);
    const std::size_t row = kSlotRows + index * kSlotSize;
    const bool needs = gate.span == 1 && gate.slot == slot;
    add(row, !needs);
    if (!needs) continue;
    classes_[index] |= gate.classes;
    marks_[index] |= gate.marks;
    for (std::size_t b = 0; b < 64; ++b) {
      add(row + 1 + b, (gate.classes >> b & 1) != 0);
      add(row + 65 + b, (gate.marks >> b & 1) != 0);
    }
  }
}

}  // namespace phiwire
