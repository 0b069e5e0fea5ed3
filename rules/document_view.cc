// SPDX-License-Identifier: Apache-2.0

#include "rules/document_view.h"

#include <algorithm>

namespace phiwire {
namespace {

std::uint64_t Mask(const WordClasses& classes, std::string_view name) {
  const int bit = classes.Bit(name);
  return bit < 0 ? 0 : std::uint64_t{1} << bit;
}

}  // namespace

std::uint32_t ShapeHash(std::string_view surface) {
  std::uint32_t hash = 2166136261u;
  char last = 0;
  int run = 0;
  for (char c : surface) {
    const auto byte = static_cast<unsigned char>(c);
    char s = c;
    if (byte >= 0x80 || (byte >= 'a' && byte <= 'z')) s = 'x';
    if (byte >= 'A' && byte <= 'Z') s = 'X';
    if (byte >= '0' && byte <= '9') s = 'd';
    run = s == last ? run + 1 : 1;
    last = s;
    if ((s == 'x' || s == 'X') && run > 2) continue;
    if (s == 'd' && run > 9) continue;
    hash = (hash ^ static_cast<unsigned char>(s)) * 16777619u;
  }
  return hash;
}

ClassMasks::ClassMasks(const WordClasses& classes)
    : title(Mask(classes, "title")),
      credential(Mask(classes, "credential")),
      person_label(Mask(classes, "person_label")),
      patient(Mask(classes, "patient_word")),
      month(Mask(classes, "month") | Mask(classes, "month_abbr")),
      facility_head(Mask(classes, "facility_head")),
      org_head(Mask(classes, "org_head")),
      street_suffix(Mask(classes, "street_suffix")),
      relation(Mask(classes, "relation")),
      unit(Mask(classes, "med_unit")),
      particle(Mask(classes, "name_particle")),
      calm(Mask(classes, "weekday") | Mask(classes, "state_name") |
           Mask(classes, "state_code") | Mask(classes, "country") |
           Mask(classes, "language_religion")) {}

void DocumentView::Build(const Document& document, const ClassMasks& masks) {
  document_ = &document;
  views_.assign(document.tokens.size(), TokenView{});
  BuildLines();
  BuildRuns();
  BuildLabels();
  BuildColumns();
  BuildUses(masks);
  BuildCovers();
  BuildContexts();
}

void DocumentView::BuildLines() {
  lines_.clear();
  const auto& tokens = document_->tokens;
  Line line;
  std::uint32_t section = 0;
  std::int32_t previous = -1;
  auto finish = [&](std::size_t end) {
    line.last = static_cast<std::uint32_t>(end);
    const std::uint32_t most = std::max({line.commas, line.pipes, line.tabs});
    if (most >= 3) {
      line.delimiter = most == line.pipes ? '|' : most == line.tabs ? '\t' : ',';
    }
    const bool heading =
        line.words > 0 && line.words <= 5 && line.numbers == 0 &&
        (line.uppers == line.words ||
         (line.colons > 0 && tokens[end - 1].symbol == ':'));
    if (heading) section = tokens[line.first].hash;
    line.section = section;
    line.header = static_cast<std::uint32_t>(lines_.size());
    lines_.push_back(line);
  };
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    views_[i].line = static_cast<std::uint32_t>(lines_.size());
    if (t.kind == TokenKind::kNewline) {
      const bool blank = line.first == i;
      finish(i);
      line = Line{};
      line.first = static_cast<std::uint32_t>(i) + 1;
      line.blank_before = blank;
      continue;
    }
    if (i > line.first && t.space_before &&
        document_->text[t.begin - 1] == '\t') {
      ++line.tabs;
    }
    if (t.kind == TokenKind::kPunct) {
      line.commas += t.symbol == ',';
      line.pipes += t.symbol == '|';
      line.colons += t.symbol == ':';
      continue;
    }
    views_[i].previous_word = previous;
    if (previous >= 0) {
      views_[static_cast<std::size_t>(previous)].next_word =
          static_cast<std::int32_t>(i);
    }
    previous = static_cast<std::int32_t>(i);
    if (t.kind == TokenKind::kWord) {
      ++line.words;
      line.titles += t.letter_case == Case::kTitle;
      line.uppers += t.letter_case == Case::kUpper;
    } else {
      ++line.numbers;
    }
  }
  finish(tokens.size());
}

void DocumentView::BuildRuns() {
  const auto& tokens = document_->tokens;
  std::size_t i = 0;
  while (i < tokens.size()) {
    std::size_t end = i + 1;
    if (tokens[i].kind != TokenKind::kNewline) {
      while (end < tokens.size() && !tokens[end].space_before &&
             tokens[end].kind != TokenKind::kNewline && end - i < 24) {
        ++end;
      }
    }
    for (std::size_t k = i; k < end; ++k) {
      views_[k].run_first = static_cast<std::uint32_t>(i);
      views_[k].run_last = static_cast<std::uint32_t>(end) - 1;
    }
    i = end;
  }
}

void DocumentView::BuildLabels() {
  const auto& tokens = document_->tokens;
  std::uint32_t word = 0, word2 = 0, label = 0, label2 = 0;
  std::uint16_t distance = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    if (t.kind == TokenKind::kNewline) {
      word = word2 = label = label2 = 0;
      distance = 0;
      continue;
    }
    if (IsWordLike(t)) {
      views_[i].label = label;
      views_[i].label2 = label2;
      views_[i].label_distance = distance;
      if (label != 0 && distance < 100) ++distance;
      word2 = word;
      word = t.hash;
    } else if (word != 0 && (t.symbol == ':' || t.symbol == '=')) {
      label = word;
      label2 = word2;
      distance = 0;
      word = word2 = 0;
    }
  }
}

void DocumentView::BuildColumns() {
  const auto& tokens = document_->tokens;
  std::vector<std::uint32_t> heads;
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    Line& line = lines_[l];
    if (line.delimiter == 0) continue;
    const auto count = [](const Line& x) {
      return x.delimiter == '|' ? x.pipes : x.delimiter == ',' ? x.commas : x.tabs;
    };
    if (l > 0 && lines_[l - 1].delimiter == line.delimiter &&
        count(lines_[l - 1]) + 2 >= count(line) &&
        count(line) + 2 >= count(lines_[l - 1])) {
      line.header = lines_[l - 1].header;
    }
    std::uint16_t cell = 0;
    const bool own = line.header == l;
    if (own) heads.assign(1, 0);
    // A segment-like first cell ("PID|...") is part of what a cell means.
    const Token& lead = tokens[line.first];
    const std::uint32_t segment =
        line.delimiter == '|' && lead.letter_case == Case::kUpper &&
                lead.end - lead.begin == 3
            ? lead.hash
            : lead.kind == TokenKind::kMixed && lead.end - lead.begin == 3 &&
                      line.delimiter == '|'
                  ? lead.hash
                  : 0;
    for (std::size_t i = line.first; i < line.last; ++i) {
      const Token& t = tokens[i];
      const bool step =
          line.delimiter == '\t'
              ? i > line.first && t.space_before &&
                    document_->text[t.begin - 1] == '\t'
              : t.kind == TokenKind::kPunct && t.symbol == line.delimiter;
      if (step) {
        ++cell;
        if (own) heads.push_back(0);
      }
      if (own && t.kind == TokenKind::kWord) heads.back() = t.hash;
      views_[i].cell = cell;
      if (segment != 0) {
        views_[i].column = segment * 31 + cell;
      } else if (!own && cell < heads.size()) {
        views_[i].column = heads[cell];
      }
    }
  }
}

std::uint32_t DocumentView::UseIndex(std::uint32_t hash) {
  const std::size_t mask = use_slots_.size() - 1;
  std::size_t slot = hash & mask;
  while (use_slots_[slot] != 0) {
    if (uses_[use_slots_[slot]].hash == hash) return use_slots_[slot];
    slot = (slot + 1) & mask;
  }
  uses_.push_back(WordUse{.hash = hash});
  use_slots_[slot] = static_cast<std::uint32_t>(uses_.size()) - 1;
  return use_slots_[slot];
}

void DocumentView::BuildUses(const ClassMasks& masks) {
  const auto& tokens = document_->tokens;
  std::size_t wanted = 64;
  while (wanted < tokens.size() * 2) wanted *= 2;
  use_slots_.assign(wanted, 0);
  uses_.assign(1, WordUse{});
  std::size_t lower = 0, upper = 0, words = 0;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    const Token& t = tokens[i];
    if (!IsWordLike(t)) continue;
    views_[i].use = UseIndex(t.hash);
    if (t.kind != TokenKind::kWord) continue;
    WordUse& use = uses_[views_[i].use];
    ++words;
    lower += t.letter_case == Case::kLower;
    upper += t.letter_case == Case::kUpper;
    use.lower += t.letter_case == Case::kLower;
    use.title += t.letter_case == Case::kTitle || t.letter_case == Case::kMixed;
    use.upper += t.letter_case == Case::kUpper;
    const std::int32_t p = views_[i].previous_word;
    const std::int32_t n = views_[i].next_word;
    const bool titled =
        (p >= 0 && i - static_cast<std::size_t>(p) <= 2 &&
         (tokens[static_cast<std::size_t>(p)].classes & masks.title) != 0) ||
        (n >= 0 && static_cast<std::size_t>(n) - i <= 2 &&
         tokens[static_cast<std::size_t>(n)].letter_case != Case::kLower &&
         (tokens[static_cast<std::size_t>(n)].classes & masks.credential) != 0);
    use.titled += titled && t.letter_case != Case::kLower;
  }
  words = std::max<std::size_t>(words, 1);
  lower_tenths_ = static_cast<int>(lower * 10 / words);
  upper_tenths_ = static_cast<int>(upper * 10 / words);
}

void DocumentView::BuildCovers() {
  const auto& tokens = document_->tokens;
  const auto& candidates = document_->candidates;
  std::size_t i = 0;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Candidate& candidate = candidates[c];
    while (i < tokens.size() && tokens[i].end <= candidate.begin) ++i;
    for (std::size_t k = i;
         k < tokens.size() && tokens[k].begin < candidate.end; ++k) {
      auto& covers = views_[k].covers;
      auto id = static_cast<std::int32_t>(c);
      for (std::int32_t& slot : covers) {
        if (slot < 0) {
          slot = id;
          break;
        }
        if (candidates[static_cast<std::size_t>(slot)].score <
            candidates[static_cast<std::size_t>(id)].score) {
          std::swap(slot, id);
        }
      }
    }
  }
}

void DocumentView::BuildContexts() {
  const auto& tokens = document_->tokens;
  const auto& contexts = document_->contexts;
  std::size_t c = 0;
  std::size_t since = 0;
  std::uint8_t type = 0xFF;
  for (std::size_t i = 0; i < tokens.size(); ++i) {
    while (c < contexts.size() && contexts[c].end <= tokens[i].begin) {
      type = static_cast<std::uint8_t>(contexts[c].type);
      since = i;
      ++c;
    }
    if (c < contexts.size() && i > 0 &&
        contexts[c].begin >= tokens[i].end &&
        contexts[c].begin - tokens[i].end <= 2) {
      views_[i].context_after = static_cast<std::uint8_t>(contexts[c].type);
    }
    if (type == 0xFF) continue;
    // A label reaches to the end of its line, or into the next one when it
    // ends its own.
    const std::uint32_t gap = views_[i].line - views_[since].line;
    if (gap > 1 || (gap == 1 && i - since > 12)) {
      type = 0xFF;
      continue;
    }
    views_[i].context_type = type;
    views_[i].context_distance =
        static_cast<std::uint16_t>(std::min<std::size_t>(i - since, 100));
  }
}

}  // namespace phiwire
