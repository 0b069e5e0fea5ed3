// SPDX-License-Identifier: Apache-2.0

#include "recognizers/confirmer.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>
#include <utility>

#include "base/ask_ahead.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

// Tokens ahead that memory is asked for, for lists of tokens.
constexpr std::size_t kAhead = 64;

RE2::Options ByteOptions(bool caseless) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_longest_match(true);
  options.set_case_sensitive(!caseless);
  options.set_log_errors(false);
  return options;
}

re2::StringPiece ToPiece(std::string_view s) { return {s.data(), s.size()}; }

// An anchor of one punctuation mark: ",".
bool IsSymbolAnchor(std::string_view anchor) {
  return anchor.size() == 1 && anchor[0] > ' ' && anchor[0] < 0x7F &&
         !(anchor[0] >= '0' && anchor[0] <= '9') &&
         !((anchor[0] | 0x20) >= 'a' && (anchor[0] | 0x20) <= 'z');
}

}  // namespace

absl::StatusOr<std::unique_ptr<CatalogueConfirmer>> CatalogueConfirmer::Create(
    Catalogue catalogue) {
  std::unique_ptr<CatalogueConfirmer> out(
      new CatalogueConfirmer(std::move(catalogue)));
  const auto count = static_cast<std::uint32_t>(out->catalogue_.rules().size());
  out->label_rules_.resize(kPhiTypeCount);
  out->symbol_rules_.resize(256);
  out->parts_.resize(count);
  for (std::uint32_t i = 0; i < count; ++i) {
    PHIWIRE_RETURN_IF_ERROR(out->AddRule(i));
  }
  out->AddPhrases();
  out->shapes_.Build();
  out->words_.Build();
  out->label_reach_ = out->LabelReach();
  return out;
}

absl::Status CatalogueConfirmer::AddRule(std::uint32_t index) {
  const PatternRule& rule = catalogue_.rules()[index];
  if (!rule.part.empty()) {
    parts_[index] =
        std::make_unique<RE2>(ToPiece(rule.part), ByteOptions(rule.caseless));
  }
  rules_.push_back(
      {rule.walker == nullptr ? nullptr : rule.walker->walk, rule.validator,
       parts_[index].get(), rule.score, rule.labelled, rule.invalid, rule.type,
       rule.require, rule.proof, rule.at_labels,
       rule.walker == nullptr ? WalkBehind::kAnything : rule.walker->behind});
  if (rule.at_labels) {
    label_rules_[static_cast<std::size_t>(rule.type)].push_back(index);
  }
  for (const std::string& anchor : rule.anchors) {
    if (IsSymbolAnchor(anchor)) {
      const auto symbol = static_cast<unsigned char>(anchor[0]);
      symbol_rules_[symbol].push_back(index);
      cues_.AddSymbol(symbol, rule.walker == nullptr ? WalkBehind::kAnything
                                                     : rule.walker->behind);
      continue;
    }
    const CaseMask cases =
        rule.walker == nullptr ? kAnyCase : rule.walker->cases;
    if (!phrases_.Add(anchor, {PhraseUse::Kind::kAnchor, index, cases})) {
      return absl::InvalidArgumentError(Concat(
          {rule.source, ": the rule ", rule.id, ": no word in an anchor"}));
    }
  }
  if (rule.regex.empty()) return absl::OkStatus();
  if (rule.at_token) return AddShape(index);
  if (rule.at_word && AddWordShape(index)) return absl::OkStatus();
  return AddRegex(index);
}

bool CatalogueConfirmer::AddWordShape(std::uint32_t index) {
  const PatternRule& rule = catalogue_.rules()[index];
  const auto added = words_.Add(rule.regex, rule.caseless, rule.max);
  if (!added) return false;
  if (added->shape >= word_rules_.size()) word_rules_.resize(added->shape + 1);
  word_rules_[added->shape].push_back(index);
  for (const FirstWord& word : added->words) {
    const CaseMask capitals = kAnyCase & ~PhraseTable::BitOf(Case::kLower);
    phrases_.Add(word.folded, {PhraseUse::Kind::kShapeStart, 0,
                               word.lower_case ? kAnyCase : capitals});
  }
  if (added->mark != '\0') {
    cues_.AddSymbol(static_cast<unsigned char>(added->mark),
                    WalkBehind::kAnything);
  }
  return true;
}

absl::Status CatalogueConfirmer::AddRegex(std::uint32_t index) {
  const PatternRule& rule = catalogue_.rules()[index];
  std::size_t spec = 0;
  while (spec < specs_.size() && (specs_[spec].regex != rule.regex ||
                                  specs_[spec].caseless != rule.caseless)) {
    ++spec;
  }
  if (spec == specs_.size()) {
    // The place stands in the id because Hyperscan's refusals name the id.
    specs_.push_back(
        {Concat({rule.id, " (", rule.source, ")"}), rule.regex, rule.caseless});
    triggers_.emplace_back();
  }
  Trigger& trigger = triggers_[spec];
  trigger.rules.push_back(index);
  trigger.max = std::max(trigger.max, rule.max);
  if (rule.walker == nullptr && trigger.reverse == nullptr) {
    const std::string anchored = Concat({"(?:", rule.regex, ")\\z"});
    trigger.reverse =
        std::make_unique<RE2>(ToPiece(anchored), ByteOptions(rule.caseless));
    if (!trigger.reverse->ok()) {
      return absl::InvalidArgumentError(
          Concat({rule.source, ": the rule ", rule.id, ": ",
                  trigger.reverse->error()}));
    }
  }
  return absl::OkStatus();
}

absl::Status CatalogueConfirmer::AddShape(std::uint32_t index) {
  const PatternRule& rule = catalogue_.rules()[index];
  const absl::StatusOr<std::uint32_t> shape =
      shapes_.Add(rule.regex, rule.caseless, rule.max);
  if (!shape.ok()) {
    return absl::InvalidArgumentError(
        Concat({rule.source, ": the rule ", rule.id, ": ",
                ToStd(shape.status().message())}));
  }
  if (*shape >= shape_rules_.size()) shape_rules_.resize(*shape + 1);
  shape_rules_[*shape].push_back(index);
  return absl::OkStatus();
}

void CatalogueConfirmer::AddPhrases() {
  for (std::uint32_t t = 0; t < kPhiTypeCount; ++t) {
    const TypeEntry& entry = catalogue_.type(static_cast<PhiType>(t));
    for (const std::string& p : entry.before) {
      phrases_.Add(p, {PhraseUse::Kind::kBefore, t});
    }
    for (const std::string& p : entry.after) {
      phrases_.Add(p, {PhraseUse::Kind::kAfter, t});
    }
  }
  phrases_.Build();
}

std::string_view CatalogueConfirmer::PatternName(std::uint32_t pattern) const {
  const std::vector<PatternRule>& rules = catalogue_.rules();
  return pattern < rules.size() ? std::string_view(rules[pattern].id)
                                : std::string_view();
}

ConfirmMemory* CatalogueConfirmer::MemoryOf(Document* d) const {
  auto* memory = dynamic_cast<ConfirmMemory*>(d->confirm_memory.get());
  if (memory == nullptr) {
    auto made = std::make_unique<ConfirmMemory>();
    memory = made.get();
    d->confirm_memory = std::move(made);
  }
  memory->near.Start(label_reach_);
  return memory;
}

absl::Status CatalogueConfirmer::Confirm(Document* document) const {
  document->candidates.clear();
  document->contexts.clear();
  ConfirmMemory* const memory = MemoryOf(document);
  CandidateOrder& order = memory->order;
  order.Start();
  FindPhrases(document, memory);
  order.EndRun(document->candidates);
  FindAtLabels(document, memory);
  order.EndRun(document->candidates);
  FindShapes(document, memory);
  order.EndRun(document->candidates);
  FindWordShapes(document, memory);
  ConfirmHits(document, memory);
  order.Apply(&document->candidates);
  return absl::OkStatus();
}

// Labels and anchors in one pass: an anchor's candidate may need a label that
// stands before it.
void CatalogueConfirmer::FindPhrases(Document* d, ConfirmMemory* memory) const {
  memory->context_tokens.clear();
  memory->word_starts.clear();
  memory->mark_starts.clear();
  memory->taken.assign(kPhiTypeCount, 0);
  memory->shapes.clear();
  memory->cues.Start(*d->words);
  const std::size_t size = d->tokens.size();
  for (std::size_t i = 0; i < size; i += TokenCues::kMost) {
    FindPhrasesIn(i, std::min(i + TokenCues::kMost, size), d, memory);
  }
}

void CatalogueConfirmer::FindPhrasesIn(std::size_t first, std::size_t last,
                                       Document* d,
                                       ConfirmMemory* memory) const {
  const std::size_t shapes = memory->shapes.size();
  memory->anchors.clear();
  cues_.Find(*d, first, last, phrases_, &memory->cues, &memory->anchors,
             &memory->shapes);
  words_.AddStarts(*d, std::span(memory->shapes).subspan(shapes),
                   &memory->word_starts);
  for (const std::uint32_t i : memory->anchors) {
    const Token& token = d->tokens[i];
    if (token.kind != TokenKind::kPunct) {
      FindPhrasesAt(i, d, memory);
      continue;
    }
    if (words_.IsMark(token.symbol)) {
      memory->mark_starts.push_back(token.begin);
    }
    for (const std::uint32_t rule : symbol_rules_[token.symbol]) {
      Walk(rule, {i, i + 1, token.end}, d, memory);
    }
  }
}

// A label inside a longer one of its type is no other.
void CatalogueConfirmer::FindPhrasesAt(std::size_t i, Document* d,
                                       ConfirmMemory* memory) const {
  const Token& token = d->tokens[i];
  const CaseMask bit = PhraseTable::BitOf(token.letter_case);
  phrases_.Find(*d, i, [&](const PhraseTable::Match& match) {
    const std::uint32_t end = d->tokens[match.last - 1].end;
    for (const PhraseUse& use : match.uses) {
      if ((use.cases & bit) == 0) continue;
      if (use.kind == PhraseUse::Kind::kShapeStart) {
        memory->word_starts.push_back(token.begin);
      } else if (use.kind == PhraseUse::Kind::kAnchor) {
        Walk(use.target, {i, match.last, end}, d, memory);
      } else if (end > memory->taken[use.target]) {
        memory->taken[use.target] = end;
        d->contexts.push_back({token.begin, end,
                               static_cast<PhiType>(use.target),
                               use.kind == PhraseUse::Kind::kAfter});
        memory->context_tokens.push_back(
            {static_cast<std::uint32_t>(i),
             static_cast<std::uint32_t>(match.last)});
      }
    }
  });
}

void CatalogueConfirmer::FindAtLabels(Document* d,
                                      ConfirmMemory* memory) const {
  for (std::size_t c = 0; c < d->contexts.size(); ++c) {
    const ContextHit context = d->contexts[c];
    if (context.after) continue;
    const auto [first, last] = memory->context_tokens[c];
    AskAhead(d->tokens.data() + first, kAhead);
    for (const std::uint32_t rule :
         label_rules_[static_cast<std::size_t>(context.type)]) {
      if (last < d->tokens.size() &&
          !cues_.Allows(rules_[rule].behind, d->tokens[last])) {
        continue;
      }
      Walk(rule, {first, last, context.end}, d, memory);
    }
  }
}

// From left to right; a shape that was confirmed is not looked for again
// inside its own match.
void CatalogueConfirmer::FindShapes(Document* d, ConfirmMemory* memory) const {
  std::vector<std::uint32_t>& taken_to = memory->taken;
  taken_to.assign(shape_rules_.size(), 0);
  std::vector<ShapeMatch>& found = memory->found;
  ShapeScanner* const scanner = shapes_.ScannerIn(&memory->scanner);
  for (const std::uint32_t start : memory->shapes) {
    AskAhead(&d->tokens[start], kAhead);
    if (!ShapeSet::MayBegin(*d, start)) continue;
    const std::uint32_t begin = d->tokens[start].begin;
    shapes_.Match(d->text, begin, scanner, &found);
    for (const auto& [shape, length] : found) {
      if (length == 0 || begin < taken_to[shape]) continue;
      const std::uint32_t end = begin + length;
      bool added = false;
      for (const std::uint32_t rule : shape_rules_[shape]) {
        added = AddMatch(rule, begin, end, d, memory) || added;
      }
      if (added) taken_to[shape] = end;
    }
  }
}

// As ConfirmHits does it, which these would be hits for.
void CatalogueConfirmer::FindWordShapes(Document* d,
                                        ConfirmMemory* memory) const {
  ShapeScanner* const scanner = words_.ScannerIn(&memory->word_scanner);
  std::vector<WordMatch>& matches = memory->word_matches;
  matches.clear();
  words_.Find(d->text, memory->word_starts, scanner, &matches);
  words_.FindInside(*d, d->compounds, scanner, &matches);
  words_.FindAtMarks(d->text, memory->mark_starts, scanner, &matches);
  words_.FindInRuns(*d, scanner, &matches);
  if (matches.empty()) return;
  std::sort(matches.begin(), matches.end(),
            [](const WordMatch& a, const WordMatch& b) {
              if (a.end != b.end) return a.end > b.end;
              if (a.shape != b.shape) return a.shape < b.shape;
              return a.begin < b.begin;
            });
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t>& taken_from = memory->taken;
  taken_from.assign(words_.size(), kNone);
  WordMatch last;
  for (const WordMatch& match : matches) {
    // Of one end the first begin, the longest match, is the one that counts.
    const bool other = match.end != last.end || match.shape != last.shape;
    last = match;
    if (!other || match.end > taken_from[match.shape]) continue;
    bool added = false;
    bool takes = false;  // what a walker finds may begin anywhere
    for (const std::uint32_t rule : word_rules_[match.shape]) {
      added = AddMatch(rule, match.begin, match.end, d, memory) || added;
      takes = takes || rules_[rule].walker == nullptr;
    }
    if (added && takes) taken_from[match.shape] = match.begin;
  }
}

// From the last end to the first, so that of one pattern's successive ends the
// longest match is found first and the others are skipped.
void CatalogueConfirmer::ConfirmHits(Document* d, ConfirmMemory* memory) const {
  constexpr std::uint32_t kNone = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t>& taken_from = memory->taken;
  taken_from.assign(triggers_.size(), kNone);
  for (std::size_t h = d->hits.size(); h-- > 0;) {
    const Hit hit = d->hits[h];
    if (hit.pattern >= triggers_.size()) continue;
    if (hit.end > taken_from[hit.pattern]) continue;
    std::uint32_t begin = 0;
    if (ConfirmHit(triggers_[hit.pattern], hit.end, d, memory, &begin)) {
      taken_from[hit.pattern] = begin;
    }
  }
}

bool CatalogueConfirmer::ConfirmHit(const Trigger& trigger, std::uint32_t end,
                                    Document* d, ConfirmMemory* memory,
                                    std::uint32_t* begin) const {
  std::uint32_t match = end;
  if (trigger.reverse != nullptr) {
    // RE2 sees what stands before the window as context, so \b holds there.
    const std::string_view text = d->text.substr(0, end);
    const std::size_t start = end > trigger.max ? end - trigger.max : 0;
    re2::StringPiece found;
    if (!trigger.reverse->Match(ToPiece(text), start, end, RE2::UNANCHORED,
                                &found, 1)) {
      return false;
    }
    match = static_cast<std::uint32_t>(found.data() - d->text.data());
  }
  bool added = false;
  for (const std::uint32_t index : trigger.rules) {
    added = AddMatch(index, match, end, d, memory) || added;
  }
  *begin = match;
  return added && match < end;
}

bool CatalogueConfirmer::AddMatch(std::uint32_t index, std::uint32_t begin,
                                  std::uint32_t end, Document* d,
                                  ConfirmMemory* memory) const {
  const Rule& rule = rules_[index];
  if (rule.walker != nullptr) {
    const std::size_t token = TokenAt(*d, end, memory->last_token);
    memory->last_token = token;
    return Walk(index, {token, token, end}, d, memory);
  }
  if (rule.part == nullptr) return Add(index, begin, end, true, d, memory);
  const std::string_view whole = d->text.substr(begin, end - begin);
  re2::StringPiece part;
  if (!rule.part->Match(ToPiece(whole), 0, whole.size(), RE2::UNANCHORED, &part,
                        1)) {
    return false;
  }
  const auto from = static_cast<std::uint32_t>(part.data() - d->text.data());
  return Add(index, from, from + static_cast<std::uint32_t>(part.size()), true,
             d, memory);
}

bool CatalogueConfirmer::Walk(std::uint32_t index, const WalkStart& start,
                              Document* d, ConfirmMemory* memory) const {
  const Rule& rule = rules_[index];
  if (rule.walker == nullptr) {  // an anchor that is the whole find
    return Add(index, d->tokens[start.first].begin, start.end, true, d, memory);
  }
  Walked walked;
  if (!rule.walker(*d, start, &walked) || walked.begin >= walked.end) {
    return false;
  }
  return Add(index, walked.begin, walked.end, walked.strong, d, memory);
}

bool CatalogueConfirmer::Add(std::uint32_t index, std::uint32_t begin,
                             std::uint32_t end, bool strong, Document* d,
                             ConfirmMemory* memory) const {
  const Rule& rule = rules_[index];
  const bool labelled =
      !rule.at_labels && memory->near.Any(d->contexts, rule.type, begin, end) &&
      Labelled(*d, rule.type, begin, end, memory->near.behind());
  if (rule.require == Require::kContext && !labelled) return false;
  const bool valid = rule.validator != nullptr &&
                     rule.validator(d->text.substr(begin, end - begin));
  if (rule.require == Require::kValidator && !valid) return false;
  const bool holds = rule.validator != nullptr ? valid : strong;
  // In its place: a copy of what was just written in parts has to wait for it.
  Candidate& c = d->candidates.emplace_back();
  c.begin = begin;
  c.end = end;
  c.type = rule.type;
  c.pattern = index;
  c.score = labelled ? rule.labelled : holds ? rule.score : rule.invalid;
  // A failed check never clears a labelled identifier: nine in ten remain.
  if (labelled && !holds) c.score *= 0.95F;
  c.valid =
      rule.validator != nullptr ? valid : rule.walker != nullptr && strong;
  c.proof = rule.proof && valid && labelled;
  return true;
}

}  // namespace phiwire
