// SPDX-License-Identifier: Apache-2.0

#include "rules/document_view.h"

#include <algorithm>
#include <iterator>
#include <limits>

#include "rules/token_marks.h"

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

namespace {

// A label reaches to the end of its line, or into the next one when it ends
// its own.
bool Reaches(std::uint32_t lines, std::size_t tokens) {
  constexpr std::size_t kIntoNextLine = 12;
  return lines == 0 || (lines == 1 && tokens <= kIntoNextLine);
}

}  // namespace

// Everything that goes from left to right, in one pass: what a token is can't
// be predicted, and should be asked once.
class DocumentView::Pass {
 public:
  explicit Pass(DocumentView* view)
      : view_(*view), document_(*view->document_) {}

  void Run() {
    Start();
    const std::size_t size = view_.size_;
    Place* const places = view_.places_.data();
    for (std::size_t i = 0; i < size; ++i) {
      const Token& t = view_.token(i);
      Place& place = places[i];
      place.line = line_number_;
      place.word = static_cast<std::uint32_t>(word_count_);
      place.use = place.cover = 0;
      if (next_context_ <= t.begin) TakeContexts(i, t.begin);
      const bool newline = t.kind == TokenKind::kNewline;
      // A line feed has the white space before the next token.
      if (t.space_before || newline || i - run_first_ == kMaxRun) {
        run_first_ = i;
      }
      place.run_first = static_cast<std::uint32_t>(run_first_);
      if (newline) {
        EndLine(i);
        continue;
      }
      if (t.space_before && i > line_.first &&
          document_.text[t.begin - 1] == '\t') {
        ++line_.tabs;
      }
      if (t.kind == TokenKind::kPunct) {
        Punctuation(i, t);
      } else {
        Word(i, t, &place);
      }
    }
    FinishLine(size);
    view_.words_.resize(word_count_);
    const std::size_t words = std::max<std::size_t>(letter_words_, 1);
    view_.lower_tenths_ = static_cast<int>(lower_ * 10 / words);
    view_.upper_tenths_ = static_cast<int>(upper_ * 10 / words);
  }

 private:
  static constexpr std::size_t kMaxRun = 24;
  static constexpr std::uint32_t kNever =
      std::numeric_limits<std::uint32_t>::max();

  void Start() {
    const std::size_t size = document_.tokens.size();
    view_.uses_.assign(1, WordUse{});
    view_.lines_.clear();
    view_.labels_.clear();
    view_.contexts_.clear();
    view_.places_.resize(size);
    view_.words_.resize(size);
    words_ = view_.words_.data();
    NextContext();
  }

  void EndLine(std::size_t i) {
    const bool blank = line_.first == i;
    FinishLine(i);
    line_ = Line{};
    line_.first = static_cast<std::uint32_t>(i) + 1;
    line_.blank_before = blank;
    word_ = 0;
  }
  void FinishLine(std::size_t end) {
    Line& line = line_;
    line.last = static_cast<std::uint32_t>(end);
    CountWords();
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
    line.header = line_number_++;
    view_.lines_.push_back(line);
  }
  // Of the line, from how many words there were of each case.
  void CountWords() {
    const auto of = [this](Case c) {
      return cases_[static_cast<std::size_t>(c)];
    };
    for (const std::uint32_t count : cases_) line_.words += count;
    line_.numbers =
        static_cast<std::uint32_t>(word_count_ - line_words_) - line_.words;
    line_.uppers = of(Case::kUpper);
    line_.titles = of(Case::kTitle);
    lower_ += of(Case::kLower);
    upper_ += of(Case::kUpper);
    letter_words_ += line_.words;
    line_words_ = word_count_;
    cases_.fill(0);
  }

  void Punctuation(std::size_t i, const Token& t) {
    line_.commas += t.symbol == ',';
    line_.pipes += t.symbol == '|';
    line_.colons += t.symbol == ':';
    if (word_ == 0 || (t.symbol != ':' && t.symbol != '=')) return;
    view_.labels_.push_back({static_cast<std::uint32_t>(i), word_,
                             static_cast<std::uint32_t>(word_count_)});
    word_ = 0;
  }

  void Word(std::size_t i, const Token& t, Place* place) {
    words_[word_count_++] = static_cast<std::uint32_t>(i);
    word_ = t.hash;
    place->label_value = LabelValueAt(i, *place);
    if (t.kind == TokenKind::kWord) {
      ++cases_[static_cast<std::size_t>(t.letter_case)];
    }
  }

  void NextContext() {
    const std::vector<ContextHit>& contexts = document_.contexts;
    next_context_ =
        context_ < contexts.size() ? contexts[context_].end : kNever;
  }
  // Those that end before token i, which begins at `begin`.
  void TakeContexts(std::size_t i, std::uint32_t begin) {
    while (next_context_ <= begin) {
      context_type_ =
          static_cast<std::uint8_t>(document_.contexts[context_].type);
      ++context_;
      NextContext();
    }
    since_ = i;
    since_line_ = line_number_;
    view_.contexts_.push_back({static_cast<std::uint32_t>(i), context_type_});
  }
  std::uint8_t LabelValueAt(std::size_t i, const Place& place) const {
    if (context_type_ == 0xFF || !Reaches(place.line - since_line_, i - since_))
      return 0;
    return static_cast<std::uint8_t>(LabelValueOf(context_type_, i - since_));
  }

  DocumentView& view_;
  const Document& document_;
  Line line_;
  std::uint32_t line_number_ = 0;
  std::uint32_t section_ = 0;
  std::size_t run_first_ = 0;
  std::uint32_t* words_ = nullptr;  // the view's
  std::size_t word_count_ = 0;
  std::size_t line_words_ = 0;            // word_count_ where the line begins
  std::array<std::uint32_t, 8> cases_{};  // words on the line, by case
  std::uint32_t word_ = 0;                // hash of the last one, for a label
  std::size_t lower_ = 0, upper_ = 0, letter_words_ = 0;
  std::size_t context_ = 0, since_ = 0;
  std::uint32_t next_context_ = 0;  // where it ends
  std::uint32_t since_line_ = 0;
  std::uint8_t context_type_ = 0xFF;
};

// How the words of some tokens are used in the document.
class DocumentView::Counter {
 public:
  Counter(DocumentView* view, const ClassMasks& masks)
      : view_(*view), tokens_(view->document_->tokens), masks_(masks) {}

  void Run(std::span<const std::uint32_t> wanted) {
    view_.uses_.assign(1, WordUse{});
    std::size_t slots = 64;
    while (slots < wanted.size() * 2) slots *= 2;
    view_.use_slots_.assign(slots, 0);
    view_.use_bits_.assign(slots / 4, 0);  // 16 bits a slot
    for (const std::uint32_t i : wanted) Add(tokens_[i].hash);
    const Token* const tokens = tokens_.data();
    const std::uint64_t* const bits = view_.use_bits_.data();
    const std::size_t mask = view_.use_bits_.size() - 1;
    for (const std::uint32_t i : view_.words_) {
      const std::uint32_t hash = tokens[i].hash;
      if ((bits[hash >> 6 & mask] >> (hash & 63) & 1) != 0) Count(i);
    }
  }

 private:
  // The slot of a word, a free one when it isn't counted.
  std::uint32_t& SlotOf(std::uint32_t hash) const {
    std::vector<std::uint32_t>& slots = view_.use_slots_;
    std::size_t slot = hash & (slots.size() - 1);
    while (slots[slot] != 0 && view_.uses_[slots[slot]].hash != hash) {
      slot = (slot + 1) & (slots.size() - 1);
    }
    return slots[slot];
  }
  void Add(std::uint32_t hash) {
    std::uint32_t& slot = SlotOf(hash);
    if (slot != 0) return;
    slot = static_cast<std::uint32_t>(view_.uses_.size());
    view_.uses_.push_back(WordUse{.hash = hash});
    view_.use_bits_[hash >> 6 & (view_.use_bits_.size() - 1)] |=
        std::uint64_t{1} << (hash & 63);
  }
  void Count(std::size_t i) {
    const Token& t = tokens_[i];
    const std::uint32_t index = SlotOf(t.hash);
    if (index == 0) return;
    view_.places_[i].use = index;
    WordUse& use = view_.uses_[index];
    ++use.count;
    if (t.kind != TokenKind::kWord) return;
    if (t.letter_case == Case::kLower) {
      ++use.lower;
      return;
    }
    use.upper += t.letter_case == Case::kUpper;
    use.title += t.letter_case == Case::kTitle || t.letter_case == Case::kMixed;
    use.titled += Titled(i);
  }

  // Behind a title or before a credential, with one token between at most.
  bool Titled(std::size_t i) const {
    const std::int32_t previous = view_.previous_word(i);
    if (previous >= 0 && i - static_cast<std::size_t>(previous) <= 2 &&
        (tokens_[static_cast<std::size_t>(previous)].classes & masks_.title) !=
            0) {
      return true;
    }
    std::size_t next = i + 1;
    if (next < tokens_.size() && !IsWordLike(tokens_[next])) ++next;
    return next < tokens_.size() && IsWordLike(tokens_[next]) &&
           tokens_[next].letter_case != Case::kLower &&
           (tokens_[next].classes & masks_.credential) != 0;
  }

  DocumentView& view_;
  const std::vector<Token>& tokens_;
  const ClassMasks& masks_;
};

void DocumentView::BuildWithoutUses(const Document& document) {
  document_ = &document;
  tokens_ = document.tokens.data();
  size_ = document.tokens.size();
  Pass(this).Run();
  BuildColumns();
  BuildCovers();
}

void DocumentView::Build(const Document& document, const ClassMasks& masks) {
  BuildWithoutUses(document);
  CountUses(words_, masks);
}

void DocumentView::CountUses(std::span<const std::uint32_t> tokens,
                             const ClassMasks& masks) {
  Counter(this, masks).Run(tokens);
}

TokenRun DocumentView::run(std::size_t i) const {
  TokenRun run{places_[i].run_first, static_cast<std::uint32_t>(i)};
  while (run.last + 1 < places_.size() &&
         places_[run.last + 1].run_first == run.first) {
    ++run.last;
  }
  return run;
}

LabelBefore DocumentView::label(std::size_t i) const {
  const auto behind = std::upper_bound(
      labels_.begin(), labels_.end(), i,
      [](std::size_t at, const LabelSign& sign) { return at < sign.token; });
  if (behind == labels_.begin()) return {};
  const LabelSign& sign = *std::prev(behind);
  if (sign.token < line(i).first) return {};
  return {sign.hash,
          std::min<std::uint32_t>(places_[i].word - sign.words, 100)};
}

ContextBefore DocumentView::context(std::size_t i) const {
  const auto behind = std::upper_bound(
      contexts_.begin(), contexts_.end(), i,
      [](std::size_t at, const ContextStart& c) { return at < c.token; });
  if (behind == contexts_.begin()) return {};
  const ContextStart& start = *std::prev(behind);
  const std::size_t tokens = i - start.token;
  if (!Reaches(places_[i].line - places_[start.token].line, tokens)) return {};
  return {start.type,
          static_cast<std::uint32_t>(std::min<std::size_t>(tokens, 100))};
}

void DocumentView::BuildColumns() {
  heads_.clear();
  cells_.clear();
  for (std::size_t l = 0; l < lines_.size(); ++l) {
    if (lines_[l].delimiter != 0) BuildColumns(l);
  }
}

void DocumentView::BuildColumns(std::size_t l) {
  const auto& tokens = document_->tokens;
  if (cells_.empty()) cells_.resize(tokens.size());
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
  std::uint32_t cell = 0;
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
    cells_[i].cell = cell;
    if (segment != 0) {
      cells_[i].column = segment * 31 + cell;
    } else if (!own && cell < heads_.size()) {
      cells_[i].column = heads_[cell];
    }
  }
}

void DocumentView::BuildCovers() {
  const auto& candidates = document_->candidates;
  covers_.assign(1, {-1, -1, -1});
  std::size_t i = 0;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Candidate& candidate = candidates[c];
    while (i < size_ && tokens_[i].end <= candidate.begin) ++i;
    for (std::size_t k = i; k < size_ && tokens_[k].begin < candidate.end;
         ++k) {
      Cover(k, static_cast<std::int32_t>(c));
    }
  }
}

void DocumentView::Cover(std::size_t i, std::int32_t id) {
  const auto& candidates = document_->candidates;
  if (places_[i].cover == 0) {
    places_[i].cover = static_cast<std::uint32_t>(covers_.size());
    covers_.push_back({id, -1, -1});
    return;
  }
  for (std::int32_t& slot : covers_[places_[i].cover]) {
    if (slot < 0) {
      slot = id;
      return;
    }
    if (candidates[static_cast<std::size_t>(slot)].score <
        candidates[static_cast<std::size_t>(id)].score) {
      std::swap(slot, id);
    }
  }
}

}  // namespace phiwire
