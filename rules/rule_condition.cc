// SPDX-License-Identifier: Apache-2.0

#include "rules/rule_condition.h"

#include <algorithm>
#include <string_view>

#include "rules/features.h"

namespace phiwire {
namespace {

bool HasHash(const std::vector<std::uint32_t>& sorted, std::uint32_t hash) {
  return std::binary_search(sorted.begin(), sorted.end(), hash);
}
// An empty list asks nothing.
bool Allows(const std::vector<std::uint32_t>& sorted, std::uint32_t hash) {
  return sorted.empty() || HasHash(sorted, hash);
}

bool ValueIn(std::string_view digits, const IntRange& range) {
  if (digits.empty() || digits.size() > 9) return false;
  int value = 0;
  for (char c : digits) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  return range.Has(value);
}

bool FieldIn(WordField field, const IntRange& range, const LexEntry& lex,
             std::string_view surface) {
  switch (field) {
    case WordField::kFirst:
      return range.Has(lex.first);
    case WordField::kLast:
      return range.Has(lex.last);
    case WordField::kZipf:
      return range.Has(lex.zipf);
    case WordField::kCity:
      return range.Has(lex.city);
    case WordField::kHospital:
      return range.Has(lex.hospital);
    case WordField::kMedical:
      return range.Has(lex.medical);
    case WordField::kRatio:
      return range.Has(NameRatio(lex));
    case WordField::kValue:
      return ValueIn(surface, range);
    case WordField::kLength:
      return range.Has(static_cast<int>(surface.size()));
  }
  return false;
}

bool CoveredBy(const DocumentView& view, std::size_t token,
               std::uint32_t types) {
  for (const std::int32_t id : view.covers(token)) {
    if (id < 0) break;
    const Candidate& c =
        view.document().candidates[static_cast<std::size_t>(id)];
    if ((types >> static_cast<unsigned>(c.type) & 1u) != 0) return true;
  }
  return false;
}

// First word's hash of the nearest line above that is not empty, three lines
// up at most: a name stands under "Sincerely," with room for the pen.
std::uint32_t HashAbove(const DocumentView& view, std::size_t token) {
  constexpr std::uint32_t kReach = 3;
  const std::uint32_t line = view.line_of(token);
  for (std::uint32_t up = 1; up <= std::min(line, kReach); ++up) {
    const Line& above = view.lines()[line - up];
    if (above.first < above.last) return view.token(above.first).hash;
  }
  return 0;
}

bool LineHolds(const LineTest& test, const RuleWindow& w) {
  const Line& line = w.view->line(w.token);
  if (test.start && *test.start != (w.words[-1].token < 0)) return false;
  if (test.end && *test.end != (w.words[1].token < 0)) return false;
  if (test.blank_before && *test.blank_before != line.blank_before) {
    return false;
  }
  if (test.table && *test.table != (line.delimiter != 0)) return false;
  if (!test.words.Has(static_cast<int>(line.words))) return false;
  const LabelBefore label = w.view->label(w.token);
  if (!Allows(test.labels, label.hash) ||
      !Allows(test.columns, w.view->column(w.token)) ||
      !Allows(test.sections, line.section)) {
    return false;
  }
  if (!test.label_distance.Has(static_cast<int>(label.distance))) return false;
  return test.aboves.empty() ||
         HasHash(test.aboves, HashAbove(*w.view, w.token));
}

bool SeenHolds(const SeenTest& test, const WordUse& use) {
  return test.lower.Has(static_cast<int>(use.lower)) &&
         test.title.Has(static_cast<int>(use.title)) &&
         test.upper.Has(static_cast<int>(use.upper)) &&
         test.titled.Has(static_cast<int>(use.titled));
}

bool BesideHolds(const Condition& c, const RuleWindow& w) {
  const auto at = static_cast<std::ptrdiff_t>(w.token) + c.offset;
  if (at < 0 || at >= static_cast<std::ptrdiff_t>(w.view->size())) {
    return c.edge;
  }
  const Token& t = w.view->token(static_cast<std::size_t>(at));
  if (t.kind == TokenKind::kNewline) return c.edge;
  return t.kind == TokenKind::kPunct &&
         std::find(c.symbols.begin(), c.symbols.end(), t.symbol) !=
             c.symbols.end();
}

bool WordAt(const Condition& c, const RuleWindow& w, int offset) {
  const LineWord& word = w.words[offset];
  return word.token >= 0 &&
         c.word.Holds(*w.view, static_cast<std::size_t>(word.token),
                      word.marks);
}

bool WithinHolds(const Condition& c, const RuleWindow& w) {
  const int step = c.offset < 0 ? -1 : 1;
  for (int k = step; k != c.offset + step; k += step) {
    if (w.words[k].token < 0) return false;
    if (WordAt(c, w, k)) return true;
  }
  return false;
}

bool Plain(const Condition& c, const RuleWindow& w) {
  switch (c.kind) {
    case Condition::Kind::kAt:
      return WordAt(c, w, c.offset);
    case Condition::Kind::kWithin:
      return WithinHolds(c, w);
    case Condition::Kind::kBeside:
      return BesideHolds(c, w);
    case Condition::Kind::kLine:
      return LineHolds(c.line, w);
    case Condition::Kind::kSeen:
      return SeenHolds(c.seen, w.view->use(w.token));
    case Condition::Kind::kPhrase:
      return w.phrase_distance[c.phrase_group] <= c.phrase_distance;
  }
  return false;
}

}  // namespace

bool WordTest::Holds(const DocumentView& view, std::size_t token,
                     std::uint64_t marks_of) const {
  const Token& t = view.token(token);
  const WordFacts& facts = view.facts(token);
  if (any_class != 0 && (facts.classes & any_class) == 0) return false;
  if ((facts.classes & no_class) != 0) return false;
  if ((cases >> static_cast<unsigned>(t.letter_case) & 1) == 0) return false;
  if ((kinds >> static_cast<unsigned>(t.kind) & 1) == 0) return false;
  if (any_flag != 0 && (facts.lex.flags & any_flag) == 0) return false;
  if ((facts.lex.flags & no_flag) != 0) return false;
  if (marks != 0 && ((marks & marks_of) == 0 || !HasHash(words, t.hash))) {
    return false;
  }
  for (const auto& [field, range] : ranges) {
    if (!FieldIn(field, range, facts.lex, view.surface(token))) return false;
  }
  if ((!shapes.empty() && !Allows(shapes, view.shape(token))) ||
      (!runs.empty() && !Allows(runs, view.run_shape(token)))) {
    return false;
  }
  return covered == 0 || CoveredBy(view, token, covered);
}

bool Condition::Holds(const RuleWindow& window) const {
  return Plain(*this, window) != negate;
}

}  // namespace phiwire
