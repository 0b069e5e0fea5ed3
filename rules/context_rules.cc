// SPDX-License-Identifier: Apache-2.0

#include "rules/context_rules.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/types.h"
#include "rules/rule_files.h"
#include "rules/rule_parser.h"

namespace phiwire {

// Words since the last phrase of each group, along words of one line. A phrase
// reaches to the end of its line, or to the first word of the next one when
// nothing followed it.
class PhraseWalk {
 public:
  // reach: words, more than any rule asks for.
  PhraseWalk(const PhraseCues& cues, const DocumentView& view,
             std::size_t reach, std::vector<PhraseHit>* hits)
      : cues_(cues), view_(view), reach_(reach), hits_(*hits) {
    hits_.clear();
  }

  // Anew, for tokens of one line from `first` to `last`; calls go forwards.
  void Begin(std::size_t first, std::size_t last) {
    const std::size_t from = FirstNear(first);
    seen_ = last + 1;
    cues_.MatchNear(view_.document().tokens, from, last, &done_, &hits_);
    next_ = hits_.size();
    while (next_ > 0 && hits_[next_ - 1].last >= from) --next_;
    line_first_ = view_.line(first).first;
    active_ = above_ = 0;
    distance_.fill(kNoPhrase);
  }
  // Phrases that end before the word begin to count.
  void Enter(std::size_t token) {
    for (; next_ < hits_.size() && hits_[next_].last < token; ++next_) {
      const unsigned groups = hits_[next_].groups;
      active_ |= groups;
      above_ = hits_[next_].last < line_first_ ? groups : above_ & ~groups;
      ForEach(groups, [&](std::size_t g) { distance_[g] = 0; });
    }
  }
  void Leave() {
    ForEach(active_, [&](std::size_t g) {
      if ((above_ >> g & 1u) == 0 && ++distance_[g] <= reach_) return;
      active_ &= ~(1u << g);
      distance_[g] = kNoPhrase;
    });
  }
  unsigned active() const { return active_; }  // bit per group
  const std::uint8_t* distances() const { return distance_.data(); }

 private:
  template <class Visit>
  static void ForEach(unsigned groups, Visit visit) {
    for (; groups != 0; groups &= groups - 1) {
      visit(static_cast<std::size_t>(std::countr_zero(groups)));
    }
  }
  // A phrase that ends before this token counts no more at `token`.
  std::size_t FirstNear(std::size_t token) const {
    const Line& line = view_.line(token);
    std::size_t i = token;
    for (std::size_t words = 0; i > line.first;) {
      words += IsWordLike(view_.token(--i)) ? 1 : 0;
      if (words == reach_) return i;
    }
    const std::uint32_t index = view_.line_of(token);
    if (index == 0) return i;
    const Line& above = view_.lines()[index - 1];
    // Of a line without words to try, any phrase counts.
    if (seen_ <= above.first) return above.first;
    i = above.last;
    while (i > above.first && !IsWordLike(view_.token(--i))) continue;
    return i;
  }

  const PhraseCues& cues_;
  const DocumentView& view_;
  const std::size_t reach_;
  std::vector<PhraseHit>& hits_;
  std::size_t done_ = 0;        // of the tokens
  std::size_t seen_ = 0;        // tokens up to where the last walk ended
  std::size_t next_ = 0;        // first of hits_ not yet ended
  std::size_t line_first_ = 0;  // token
  unsigned active_ = 0;         // bit per group with a distance
  unsigned above_ = 0;          // those that stand on the line above
  std::array<std::uint8_t, kPhraseGroupCount> distance_{};
};

namespace {

// Words with less than so many tokens between are looked at together.
constexpr std::size_t kNearTokens = 2 * kMaxRuleOffset;

// What each phrase group announces, and its log-odds before fitting.
struct PhraseRule {
  PhiType type;
  float log_odds;
};
constexpr std::array<PhraseRule, kPhraseGroupCount> kPhraseRules = {{
    {PhiType::kName, 1.0f},
    {PhiType::kDate, 0.5f},
    {PhiType::kFacility, 1.0f},
    {PhiType::kEmployer, 1.0f},
    {PhiType::kCity, 1.0f},
    {PhiType::kId, 1.0f},
}};

}  // namespace

absl::StatusOr<ContextRules> ContextRules::Load(
    std::span<const std::string> folders, const WordClasses& classes) {
  ContextRules rules;
  rules.AddPhraseRules();
  PHIWIRE_ASSIGN_OR_RETURN(rules.phrases_, PhraseCues::Load(folders));
  RuleParser parser(classes);
  PHIWIRE_ASSIGN_OR_RETURN(const std::vector<YamlNode> files,
                           ReadRuleFiles(folders, "rules.yaml"));
  for (const YamlNode& root : files) {
    PHIWIRE_RETURN_IF_ERROR(parser.Read(root));
    if (&root == &files.front()) {
      rules.built_in_ = kPhraseGroupCount + parser.rules().size();
    }
  }
  rules.marks_ = parser.marks();
  for (ParsedRule& parsed : parser.rules()) {
    for (const Rule& phrase : rules.rules_) {
      if (phrase.name != parsed.name) continue;
      return absl::InvalidArgumentError(Concat(
          {"rule ", parsed.name, ": the name belongs to a phrase group"}));
    }
    Rule rule{std::move(parsed.name), 0, parsed.group, parsed.log_odds,
              std::move(parsed.conditions)};
    rule.hash = HashWord(rule.name);
    rules.rules_.push_back(std::move(rule));
  }
  if (rules.size() > std::numeric_limits<std::uint16_t>::max()) {
    return absl::OutOfRangeError("more than 65535 context rules");
  }
  rules.BuildGates();
  return rules;
}

void ContextRules::BuildGates() {
  for (const Rule& rule : rules_) {
    gates_.push_back(RuleGate::Of(rule.conditions));
    for (const Condition& c : rule.conditions) {
      phrase_reach_ =
          std::max<std::size_t>(phrase_reach_, c.phrase_distance + 1u);
    }
  }
  table_.Build(gates_);
}

void ContextRules::AddPhraseRules() {
  for (std::size_t g = 0; g < kPhraseGroupCount; ++g) {
    Condition condition;
    condition.kind = Condition::Kind::kPhrase;
    condition.phrase_group = static_cast<std::uint8_t>(g);
    condition.phrase_distance = 1;
    Rule rule{Concat({"phrase_", kPhraseGroupNames[g]}),
              0,
              GroupOf(kPhraseRules[g].type),
              kPhraseRules[g].log_odds,
              {std::move(condition)}};
    rule.hash = HashWord(rule.name);
    rules_.push_back(std::move(rule));
  }
}

void ContextRules::Apply(const DocumentView& view, RuleHits* hits) const {
  Apply(view, view.words(), hits);
}

void ContextRules::Apply(const DocumentView& view,
                         std::span<const std::uint32_t> wanted,
                         RuleHits* hits) const {
  hits->Clear(view.size());
  PhraseWalk phrases(phrases_, view, phrase_reach_, &hits->phrases);
  while (!wanted.empty()) {
    view.AskBehind(wanted, 0);
    const std::uint32_t line_end = view.line(wanted[0]).last;
    std::size_t near = 1;
    while (near < wanted.size() && wanted[near] < line_end &&
           wanted[near] - wanted[near - 1] <= kNearTokens) {
      ++near;
    }
    ApplyNear(view, wanted.first(near), &phrases, hits);
    wanted = wanted.subspan(near);
  }
}

// Words of one line.
void ContextRules::ApplyNear(const DocumentView& view,
                             std::span<const std::uint32_t> wanted,
                             PhraseWalk* phrases, RuleHits* hits) const {
  LineWords& words = hits->line;
  words.Gather(view, view.line(wanted.front()), wanted.front(), wanted.back(),
               marks_);
  phrases->Begin(wanted.front(), wanted.back());
  RuleWindow window;
  window.view = &view;
  window.phrase_distance = phrases->distances();
  for (std::size_t place = 0; !wanted.empty() && place < words.size();
       ++place) {
    window.words = words.at(place);
    window.token = static_cast<std::size_t>(window.words->token);
    phrases->Enter(window.token);
    if (window.token == wanted.front()) {
      hits->StartAt(window.token);
      ApplyToken(window, words.Situation(view, place), phrases->active(), hits);
      wanted = wanted.subspan(1);
    }
    phrases->Leave();
  }
}

void ContextRules::ApplyToken(const RuleWindow& window, std::uint64_t situation,
                              unsigned active_phrases, RuleHits* hits) const {
  const auto visit = [&](std::size_t r) {
    if (!gates_[r].Open(active_phrases, window.words)) return;
    const std::vector<Condition>& conditions = rules_[r].conditions;
    const bool fires =
        std::all_of(conditions.begin(), conditions.end(),
                    [&](const Condition& c) { return c.Holds(window); });
    if (fires) hits->rules.push_back(static_cast<std::uint16_t>(r));
  };
  table_.ForEach(window.view->token(window.token), situation, active_phrases,
                 window.words, visit);
}

}  // namespace phiwire
