// SPDX-License-Identifier: Apache-2.0

#include "rules/context_rules.h"

#include <algorithm>
#include <bit>
#include <filesystem>
#include <limits>
#include <utility>

#include "base/lexicon.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/types.h"
#include "rules/rule_parser.h"

namespace phiwire {

// Words since the last phrase of each group, while walking a document.
struct PhraseState {
  std::size_t filled = 0;  // of RuleHits::starts
  std::size_t next = 0;    // first of RuleHits::phrases not yet ended
  unsigned active = 0;     // bit per group with a distance
  std::array<std::uint8_t, kPhraseGroupCount> distance{};
  std::array<std::uint32_t, kPhraseGroupCount> line{};

  void Start(unsigned groups, std::uint32_t on_line) {
    for (; groups != 0; groups &= groups - 1) {
      const auto g = static_cast<std::size_t>(std::countr_zero(groups));
      active |= 1u << g;
      distance[g] = 0;
      line[g] = on_line;
    }
  }
  // At a word: a phrase reaches to the end of its line, or to the first word
  // of the next one when nothing followed it.
  void Enter(std::uint32_t on_line) {
    for (unsigned bits = active; bits != 0; bits &= bits - 1) {
      const auto g = static_cast<std::size_t>(std::countr_zero(bits));
      if (line[g] == on_line) continue;
      if (distance[g] != 0 || line[g] + 1 != on_line) Drop(g);
    }
  }
  void Leave(std::uint32_t on_line) {
    for (unsigned bits = active; bits != 0; bits &= bits - 1) {
      const auto g = static_cast<std::size_t>(std::countr_zero(bits));
      if (line[g] != on_line || ++distance[g] > kMaxRuleOffset) Drop(g);
    }
  }
  void Drop(std::size_t group) {
    active &= ~(1u << group);
    distance[group] = kNoPhrase;
  }
};

namespace {

constexpr std::size_t kPad = kMaxRuleOffset;

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
  for (std::size_t i = 0; i < folders.size(); ++i) {
    const std::string path = Concat({folders[i], "/rules.yaml"});
    if (i > 0 && !std::filesystem::exists(path)) continue;
    PHIWIRE_RETURN_IF_ERROR(parser.ReadFile(path));
    if (i == 0) rules.built_in_ = kPhraseGroupCount + parser.rules().size();
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
  for (const Rule& rule : rules.rules_) {
    rules.gates_.push_back(RuleGate::Of(rule.conditions));
  }
  rules.table_.Build(rules.gates_);
  return rules;
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

void ContextRules::Apply(const DocumentView& view,
                         std::span<const std::uint8_t> wanted,
                         RuleHits* hits) const {
  hits->rules.clear();
  hits->starts.assign(view.size() + 1, 0);
  phrases_.Match(view.document().tokens, &hits->phrases);
  PhraseState phrases;
  phrases.distance.fill(kNoPhrase);
  for (const Line& line : view.lines()) {
    if (!wanted.empty() &&
        std::find(wanted.begin() + line.first, wanted.begin() + line.last, 1) ==
            wanted.begin() + line.last) {
      continue;
    }
    hits->line.Gather(view, line, marks_);
    ApplyLine(view, wanted, &phrases, hits);
  }
  const auto end = static_cast<std::uint32_t>(hits->rules.size());
  std::fill(hits->starts.begin() + static_cast<std::ptrdiff_t>(phrases.filled),
            hits->starts.end(), end);
}

void ContextRules::ApplyLine(const DocumentView& view,
                             std::span<const std::uint8_t> wanted,
                             PhraseState* phrases, RuleHits* hits) const {
  const LineWords& words = hits->line;
  RuleWindow window;
  window.view = &view;
  window.phrase_distance = phrases->distance.data();
  for (std::size_t place = kPad; place < kPad + words.size(); ++place) {
    window.token = static_cast<std::size_t>(words.tokens[place]);
    window.words = words.tokens.data() + place;
    window.marks = words.marks.data() + place;
    const std::uint32_t line = view.line_of(window.token);
    while (phrases->next < hits->phrases.size() &&
           hits->phrases[phrases->next].last < window.token) {
      const PhraseHit& hit = hits->phrases[phrases->next++];
      phrases->Start(hit.groups, view.line_of(hit.last));
    }
    if (phrases->active != 0) phrases->Enter(line);
    const auto start = static_cast<std::uint32_t>(hits->rules.size());
    while (phrases->filled <= window.token) {
      hits->starts[phrases->filled++] = start;
    }
    if (wanted.empty() || wanted[window.token] != 0) {
      ApplyToken(window, place, phrases->active, hits);
    }
    if (phrases->active != 0) phrases->Leave(line);
  }
}

void ContextRules::ApplyToken(const RuleWindow& window, std::size_t place,
                              unsigned active_phrases, RuleHits* hits) const {
  const std::uint64_t situation = SituationOf(*window.view, hits->line, place);
  const std::uint64_t* classes = hits->line.classes.data() + place;
  const auto visit = [&](std::size_t r) {
    if (!gates_[r].Open(active_phrases, classes, window.marks)) return;
    const std::vector<Condition>& conditions = rules_[r].conditions;
    const bool fires =
        std::all_of(conditions.begin(), conditions.end(),
                    [&](const Condition& c) { return c.Holds(window); });
    if (fires) hits->rules.push_back(static_cast<std::uint16_t>(r));
  };
  table_.ForEach(window.view->token(window.token), situation, active_phrases,
                 classes, window.marks, visit);
}

}  // namespace phiwire
