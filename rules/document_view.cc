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
      calm(Mask(classes, "weekday") | Mask(classes, "state_name") |
           Mask(classes, "state_code") | Mask(classes, "country") |
           Mask(classes, "language_religion")) {}

// Everything that goes from left to right, in one pass: what a token is can't
// be predicted, and should be asked once.
class DocumentView::Pass {
 public:
  Pass(DocumentView* view, const ClassMasks& masks)
      : view_(*view), document_(*view->document_), masks_(masks) {}

  void Run() {
    StartUses();
    const std::vector<Token>& tokens = document_.tokens;
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      const Token& t = tokens[i];
      TokenView& v = view_.views_[i];
      v = TokenView{};
      v.line = static_cast<std::uint32_t>(view_.lines_.size());
      Join(i, t);
      Context(i, t, &v);
      if (t.kind == TokenKind::kNewline) {
        EndLine(i);
        continue;
      }
      if (t.space_before && i > line_.first &&
          document_.text[t.begin - 1] == '\t') {
        ++line_.tabs;
      }
      if (t.kind == TokenKind::kPunct) {
        Punctuation(t);
      } else {
        Word(i, t, &v);
      }
    }
    EndRun(tokens.size());
    FinishLine(tokens.size());
    words_ = std::max<std::size_t>(words_, 1);
    view_.lower_tenths_ = static_cast<int>(lower_ * 10 / words_);
    view_.upper_tenths_ = static_cast<int>(upper_ * 10 / words_);
  }

 private:
  static constexpr std::size_t kMaxRun = 24;

  void StartUses() {
    std::size_t wanted = 64;
    while (wanted < document_.tokens.size() * 2) wanted *= 2;
    view_.use_slots_.assign(wanted, 0);
    view_.uses_.assign(1, WordUse{});
    view_.lines_.clear();
  }

  // A line feed has the white space before the next token.
  void Join(std::size_t i, const Token& t) {
    if (t.space_before || t.kind == TokenKind::kNewline ||
        i - run_first_ == kMaxRun) {
      EndRun(i);
    }
  }
  void EndRun(std::size_t end) {
    for (std::size_t k = run_first_; k < end; ++k) {
      view_.views_[k].run_first = static_cast<std::uint32_t>(run_first_);
      view_.views_[k].run_last = static_cast<std::uint32_t>(end) - 1;
    }
    run_first_ = end;
  }

  void EndLine(std::size_t i) {
    const bool blank = line_.first == i;
    FinishLine(i);
    line_ = Line{};
    line_.first = static_cast<std::uint32_t>(i) + 1;
    line_.blank_before = blank;
    word_ = label_ = 0;
    label_distance_ = 0;
  }
  void FinishLine(std::size_t end) {
    Line& line = line_;
    line.last = static_cast<std::uint32_t>(end);
    const std::uint32_t most = std::max({line.commas, line.pipes, line.tabs});
    if (most >= 3) {
      line.delimiter = most == line.pipes  ? '|'
                       : most == line.tabs ? '\t'
                                           : ',';
    }
    const std::vector<Token>& tokens = document_.tokens;
    const bool heading = line.words > 0 && line.words <= 5 &&
                         line.numbers == 0 &&
                         (line.uppers == line.words ||
                          (line.colons > 0 && tokens[end - 1].symbol == ':'));
    if (heading) section_ = tokens[line.first].hash;
    line.section = section_;
    line.header = static_cast<std::uint32_t>(view_.lines_.size());
    view_.lines_.push_back(line);
  }

  void Punctuation(const Token& t) {
    line_.commas += t.symbol == ',';
    line_.pipes += t.symbol == '|';
    line_.colons += t.symbol == ':';
    if (word_ == 0 || (t.symbol != ':' && t.symbol != '=')) return;
    label_ = word_;
    label_distance_ = 0;
    word_ = 0;
  }

  void Word(std::size_t i, const Token& t, TokenView* v) {
    v->previous_word = previous_;
    if (previous_ >= 0) {
      view_.views_[static_cast<std::size_t>(previous_)].next_word =
          static_cast<std::int32_t>(i);
    }
    v->label = label_;
    v->label_distance = label_distance_;
    if (label_ != 0 && label_distance_ < 100) ++label_distance_;
    word_ = t.hash;
    v->use = UseIndex(t.hash);
    ++view_.uses_[v->use].count;
    if (t.kind == TokenKind::kWord) {
      ++words_;
      ++line_.words;
      CountUse(i, t, &view_.uses_[v->use]);
    } else {
      ++line_.numbers;
    }
    previous_ = static_cast<std::int32_t>(i);
  }

  void CountUse(std::size_t i, const Token& t, WordUse* use) {
    if (t.letter_case == Case::kLower) {
      ++lower_;
      ++use->lower;
      return;
    }
    const bool upper = t.letter_case == Case::kUpper;
    const bool title = t.letter_case == Case::kTitle;
    upper_ += upper;
    line_.uppers += upper;
    line_.titles += title;
    use->upper += upper;
    use->title += title || t.letter_case == Case::kMixed;
    use->titled += Titled(i);
  }

  // Behind a title or before a credential, with one token between at most.
  bool Titled(std::size_t i) const {
    const std::vector<Token>& tokens = document_.tokens;
    if (previous_ >= 0 && i - static_cast<std::size_t>(previous_) <= 2 &&
        (tokens[static_cast<std::size_t>(previous_)].classes & masks_.title) !=
            0) {
      return true;
    }
    std::size_t next = i + 1;
    if (next < tokens.size() && !IsWordLike(tokens[next])) ++next;
    return next < tokens.size() && IsWordLike(tokens[next]) &&
           tokens[next].letter_case != Case::kLower &&
           (tokens[next].classes & masks_.credential) != 0;
  }

  std::uint32_t UseIndex(std::uint32_t hash) {
    std::vector<std::uint32_t>& slots = view_.use_slots_;
    const std::size_t mask = slots.size() - 1;
    std::size_t slot = hash & mask;
    while (slots[slot] != 0) {
      if (view_.uses_[slots[slot]].hash == hash) return slots[slot];
      slot = (slot + 1) & mask;
    }
    view_.uses_.push_back(WordUse{.hash = hash});
    slots[slot] = static_cast<std::uint32_t>(view_.uses_.size()) - 1;
    return slots[slot];
  }

  void Context(std::size_t i, const Token& t, TokenView* v) {
    const std::vector<ContextHit>& contexts = document_.contexts;
    while (context_ < contexts.size() && contexts[context_].end <= t.begin) {
      context_type_ = static_cast<std::uint8_t>(contexts[context_].type);
      since_ = i;
      ++context_;
    }
    if (context_type_ == 0xFF) return;
    // A label reaches to the end of its line, or into the next one when it
    // ends its own.
    const std::uint32_t gap = v->line - view_.views_[since_].line;
    if (gap > 1 || (gap == 1 && i - since_ > 12)) {
      context_type_ = 0xFF;
      return;
    }
    v->context_type = context_type_;
    v->context_distance =
        static_cast<std::uint16_t>(std::min<std::size_t>(i - since_, 100));
  }

  DocumentView& view_;
  const Document& document_;
  const ClassMasks& masks_;
  Line line_;
  std::uint32_t section_ = 0;
  std::int32_t previous_ = -1;  // word
  std::size_t run_first_ = 0;
  std::uint32_t word_ = 0, label_ = 0;
  std::uint16_t label_distance_ = 0;
  std::size_t lower_ = 0, upper_ = 0, words_ = 0;
  std::size_t context_ = 0, since_ = 0;
  std::uint8_t context_type_ = 0xFF;
};

void DocumentView::Build(const Document& document, const ClassMasks& masks) {
  document_ = &document;
  views_.resize(document.tokens.size());
  Pass(this, masks).Run();
  BuildColumns();
  BuildCovers();
}

void DocumentView::BuildColumns() {
  heads_.clear();
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    if (lines_[l].delimiter != 0) BuildColumns(l);
  }
}

void DocumentView::BuildColumns(std::size_t l) {
  const auto& tokens = document_->tokens;
  Line& line = lines_[l];
  const auto count = [](const Line& x) {
    return x.delimiter == '|'   ? x.pipes
           : x.delimiter == ',' ? x.commas
                                : x.tabs;
  };
  if (l > 0 && lines_[l - 1].delimiter == line.delimiter &&
      count(lines_[l - 1]) + 2 >= count(line) &&
      count(line) + 2 >= count(lines_[l - 1])) {
    line.header = lines_[l - 1].header;
  }
  std::uint16_t cell = 0;
  const bool own = line.header == l;
  if (own) heads_.assign(1, 0);
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
      if (own) heads_.push_back(0);
    }
    if (own && t.kind == TokenKind::kWord) heads_.back() = t.hash;
    views_[i].cell = cell;
    if (segment != 0) {
      views_[i].column = segment * 31 + cell;
    } else if (!own && cell < heads_.size()) {
      views_[i].column = heads_[cell];
    }
  }
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

}  // namespace phiwire
