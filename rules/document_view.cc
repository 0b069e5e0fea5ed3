// SPDX-License-Identifier: Apache-2.0

#include "rules/document_view.h"

#include <algorithm>
#include <limits>

#include "absl/container/inlined_vector.h"
#include "base/ask_ahead.h"
#include "base/computed.h"
#include "rules/token_marks.h"

namespace phiwire {
namespace {

std::uint64_t Mask(const WordClasses& classes, std::string_view name) {
  const int bit = classes.Bit(name);
  return bit < 0 ? 0 : std::uint64_t{1} << bit;
}

// What a byte is in a shape, and how many in a row count.
struct ByteShape {
  std::uint8_t sign;
  std::size_t most;
};
constexpr auto kByteShapes = [] {
  std::array<ByteShape, 256> shapes{};
  for (std::size_t byte = 0; byte < shapes.size(); ++byte) {
    const bool lower = byte >= 0x80 || (byte >= 'a' && byte <= 'z');
    const bool upper = byte >= 'A' && byte <= 'Z';
    const bool digit = byte >= '0' && byte <= '9';
    const std::size_t sign = lower ? 'x' : upper ? 'X' : digit ? 'd' : byte;
    shapes[byte].sign = static_cast<std::uint8_t>(sign);
    shapes[byte].most = lower || upper ? 2
                        : digit        ? 9
                                : std::numeric_limits<std::size_t>::max();
  }
  return shapes;
}();

// Bytes: what is longer is told apart by them.
constexpr std::size_t kLongestShape = 256;

}  // namespace

std::uint32_t ShapeHash(std::string_view surface) {
  std::uint32_t hash = 2166136261u;
  std::uint8_t last = 0;
  std::size_t run = 0;
  for (const char c : surface.substr(0, kLongestShape)) {
    const ByteShape shape = kByteShapes[static_cast<unsigned char>(c)];
    run = 1 + run * (shape.sign == last ? 1 : 0);
    last = shape.sign;
    const std::uint32_t longer = (hash ^ shape.sign) * 16777619u;
    hash = Chosen(run > shape.most, hash, longer);
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
constexpr std::size_t kIntoNextLine = 12;
bool Reaches(std::uint32_t lines, std::size_t tokens) {
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
    for (std::size_t i = 0; i < size; i += kStretch) {
      RunStretch(i, std::min(i + kStretch, size));
    }
    FinishLine(size);
    view_.word_count_ = word_count_;
    const std::size_t words = std::max<std::size_t>(letter_words_, 1);
    view_.lower_tenths_ = static_cast<int>(lower_ * 10 / words);
  }

 private:
  static constexpr std::size_t kAhead = 160;  // tokens
  static constexpr std::size_t kMaxRun = 24;  // Place::run_place holds it
  static constexpr std::uint32_t kNever =
      std::numeric_limits<std::uint32_t>::max();

  void RunStretch(std::size_t first, std::size_t last) {
    const std::size_t words = word_count_;
    const std::uint32_t lines = line_number_;
    view_.stretches_.push_back({lines, static_cast<std::uint32_t>(words)});
    Place* const places = view_.places_.data();
    for (std::size_t i = first; i < last; ++i) {
      const Token& t = view_.token(i);
      Place& place = places[i];
      AskAhead(&t, kAhead);
      AskAheadToWrite(&place, kAhead);
      place.line = static_cast<std::uint8_t>(line_number_ - lines);
      place.word = static_cast<std::uint8_t>(word_count_ - words);
      if (next_context_ <= t.begin) TakeContexts(i, t.begin);
      const bool newline = t.kind == TokenKind::kNewline;
      // A line feed has the white space before the next token.
      const std::size_t apart =
          t.space_before | newline | (i - run_first_ == kMaxRun);
      run_first_ += (i - run_first_) * apart;
      place.run_place = static_cast<std::uint8_t>(i - run_first_);
      if (newline) {
        EndLine(i);
        continue;
      }
      const char before = document_.text[t.begin - (t.begin > 0 ? 1 : 0)];
      signs_.tabs +=
          Computed(t.space_before & (i > line_.first) & (before == '\t'));
      if (t.kind == TokenKind::kPunct) {
        Punctuation(i, t);
      } else {
        Word(i, t, &place);
      }
    }
  }

  void Start() {
    const std::size_t size = document_.tokens.size();
    view_.uses_.assign(1, WordUse{});
    view_.lines_.clear();
    view_.rows_.clear();
    view_.labels_.clear();
    view_.contexts_.clear();
    view_.stretches_.clear();
    view_.places_.resize(size);
    if (view_.words_.size() < size) view_.words_.resize(size);
    view_.use_at_.Reset(size);
    view_.cover_at_.Reset(size);
    words_ = view_.words_.data();
    NextContext();
  }

  void EndLine(std::size_t i) {
    const bool blank = line_.first == i;
    FinishLine(i);
    line_ = Line{};
    signs_ = {};
    line_.first = static_cast<std::uint32_t>(i) + 1;
    line_.blank_before = blank;
    word_ = 0;
    const bool next = reach_ != 0 && line_number_ == since_line_ + 1;
    reach_ = next ? since_ + kIntoNextLine + 1 : 0;
  }
  void FinishLine(std::size_t end) {
    line_.last = static_cast<std::uint32_t>(end);
    SetDelimiter();
    const std::uint32_t uppers = CountWords();
    const std::uint32_t letters = line_.letter_words;
    const std::vector<Token>& tokens = document_.tokens;
    const bool few = letters > 0 && letters <= 5 && letters == line_.words;
    const bool heading =
        few && (uppers == letters ||
                (signs_.colons > 0 && tokens[end - 1].symbol == ':'));
    if (heading) section_ = tokens[line_.first].hash;
    line_.section = section_;
    line_.header = line_number_++;
    view_.lines_.push_back(line_);
  }
  void SetDelimiter() {
    const std::uint32_t most =
        std::max({signs_.commas, signs_.pipes, signs_.tabs});
    if (most < 3) return;
    view_.rows_.push_back(line_number_);
    line_.delimiters = most;
    line_.delimiter = most == signs_.pipes  ? '|'
                      : most == signs_.tabs ? '\t'
                                            : ',';
  }
  // Of the line, from how many there were of each case; those in capitals.
  std::uint32_t CountWords() {
    const std::array<std::uint32_t, 8>& words =
        cases_[static_cast<std::size_t>(TokenKind::kWord)];
    const auto of = [&words](Case c) {
      return words[static_cast<std::size_t>(c)];
    };
    for (const std::uint32_t count : words) line_.letter_words += count;
    const std::uint32_t uppers = of(Case::kUpper);
    line_.words = static_cast<std::uint32_t>(word_count_ - line_words_);
    line_.upper = uppers * 10 > line_.letter_words * 7;
    line_.lower = uppers + of(Case::kTitle) == 0;
    lower_ += of(Case::kLower);
    letter_words_ += line_.letter_words;
    line_words_ = word_count_;
    cases_ = {};
    return uppers;
  }

  void Punctuation(std::size_t i, const Token& t) {
    signs_.commas += t.symbol == ',';
    signs_.pipes += t.symbol == '|';
    signs_.colons += t.symbol == ':';
    if (word_ == 0 || (t.symbol != ':' && t.symbol != '=')) return;
    view_.labels_.push_back({static_cast<std::uint32_t>(i), word_,
                             static_cast<std::uint32_t>(word_count_)});
    word_ = 0;
  }

  void Word(std::size_t i, const Token& t, Place* place) {
    words_[word_count_++] = static_cast<std::uint32_t>(i);
    word_ = t.hash;
    place->label_value = LabelValueAt(i);
    ++cases_[static_cast<std::size_t>(t.kind)]
            [static_cast<std::size_t>(t.letter_case)];
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
    reach_ = kNever;
    view_.contexts_.push_back({static_cast<std::uint32_t>(i), context_type_});
  }
  std::uint8_t LabelValueAt(std::size_t i) const {
    const std::uint32_t reached = i < reach_ ? 1 : 0;
    return static_cast<std::uint8_t>(reached *
                                     LabelValueOf(context_type_, i - since_));
  }

  DocumentView& view_;
  const Document& document_;
  Line line_;
  struct Signs {
    std::uint32_t commas = 0, pipes = 0, tabs = 0, colons = 0;
  };
  Signs signs_;  // on the line
  std::uint32_t line_number_ = 0;
  std::uint32_t section_ = 0;
  std::size_t run_first_ = 0;
  std::uint32_t* words_ = nullptr;  // the view's
  std::size_t word_count_ = 0;
  std::size_t line_words_ = 0;  // word_count_ where the line begins
  // Words and numbers on the line, by kind and case.
  std::array<std::array<std::uint32_t, 8>, 3> cases_{};
  std::uint32_t word_ = 0;  // hash of the last one, for a label
  std::size_t lower_ = 0, letter_words_ = 0;
  std::size_t context_ = 0, since_ = 0;
  std::uint32_t next_context_ = 0;  // where it ends
  std::uint32_t since_line_ = 0;
  std::size_t reach_ = 0;  // it reaches tokens before this one
  std::uint8_t context_type_ = 0xFF;
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
  CountUses(words(), masks);
}

namespace {

// How many of these, by token, stand at token i or before it. A binary search
// without a branch to guess.
template <class T>
std::size_t CountUpTo(const std::vector<T>& sorted, std::size_t i) {
  std::size_t first = 0;
  std::size_t left = sorted.size();
  while (left > 0) {
    const std::size_t half = (left + 1) / 2;
    first += half * (sorted[first + half - 1].token <= i ? 1 : 0);
    left -= half;
  }
  return first;
}

}  // namespace

TokenRun DocumentView::run(std::size_t i) const {
  std::size_t last = i;
  while (last + 1 < size_ && places_[last + 1].run_place != 0) ++last;
  return {static_cast<std::uint32_t>(run_first(i)),
          static_cast<std::uint32_t>(last)};
}

LabelBefore DocumentView::label(std::size_t i) const {
  const std::size_t count = CountUpTo(labels_, i);
  if (count == 0) return {};
  const LabelSign& sign = labels_[count - 1];
  if (sign.token < line(i).first) return {};
  return {sign.hash, static_cast<std::uint32_t>(
                         std::min<std::size_t>(word_of(i) - sign.words, 100))};
}

ContextBefore DocumentView::context(std::size_t i) const {
  const std::size_t count = CountUpTo(contexts_, i);
  if (count == 0) return {};
  const ContextStart& start = contexts_[count - 1];
  const std::size_t tokens = i - start.token;
  if (!Reaches(line_of(i) - line_of(start.token), tokens)) return {};
  return {start.type,
          static_cast<std::uint32_t>(std::min<std::size_t>(tokens, 100))};
}

namespace {

// How far tokens have three candidates that are at least so sure: another of
// that score changes nothing there. One step a score, the surest first, which
// reaches the least far.
class FullSteps {
 public:
  // Of tokens before `first` nothing is asked any more.
  void Drop(std::size_t first) {
    EraseIf([&](const Step& s) { return s.end <= first; });
  }
  // The first token behind those where a candidate of `score` needn't be tried.
  std::size_t End(float score, std::size_t first) const {
    std::size_t end = first;
    for (const Step& s : steps_) {
      if (s.score < score) break;
      end = s.end;
    }
    return end;
  }
  // Tokens up to `end` have three of `score`, or surer ones.
  void Add(float score, std::size_t end) {
    EraseIf([&](const Step& s) { return s.score <= score && s.end <= end; });
    const auto behind =
        std::find_if(steps_.begin(), steps_.end(),
                     [&](const Step& s) { return s.score < score; });
    steps_.insert(behind, {score, end});
  }

 private:
  struct Step {
    float score = 0;
    std::size_t end = 0;
  };
  template <class Test>
  void EraseIf(Test test) {
    steps_.erase(std::remove_if(steps_.begin(), steps_.end(), test),
                 steps_.end());
  }
  absl::InlinedVector<Step, 8> steps_;
};

}  // namespace

// Candidates may lie over each other by the hundred ("http://http://..."), and
// three a token count: where tokens have three that are as good already, others
// are not tried.
void DocumentView::BuildCovers() {
  constexpr std::size_t kCandidatesAhead = 32;
  constexpr std::size_t kTokensAhead = 256;
  const auto& candidates = document_->candidates;
  covers_.assign(1, {-1, -1, -1});
  first_under_.resize(candidates.size());
  FullSteps steps;
  std::size_t i = 0;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const Candidate& candidate = candidates[c];
    AskAhead(&candidate, kCandidatesAhead);
    for (; i < size_ && tokens_[i].end <= candidate.begin; ++i) {
      AskAhead(tokens_ + i, kTokensAhead);
    }
    first_under_[c] = static_cast<std::uint32_t>(i);
    AskForMarks(i + 2 * kCloseBy);
    steps.Drop(i);
    const std::size_t first = steps.End(candidate.score, i);
    std::size_t full_end = first;
    bool full = true;  // so far
    for (std::size_t k = first; k < size_ && tokens_[k].begin < candidate.end;
         ++k) {
      Cover(k, static_cast<std::int32_t>(c));
      full = full && HasThree(k, candidate.score);
      full_end += full ? 1 : 0;
    }
    if (full_end > first) steps.Add(candidate.score, full_end);
  }
  best_covers_.assign(1, BestCover{});
  for (std::size_t c = 1; c < covers_.size(); ++c) {
    const Candidate& best = candidates[static_cast<std::size_t>(covers_[c][0])];
    AskAhead(&best, kCandidatesAhead);
    best_covers_.push_back(
        {static_cast<std::uint8_t>(best.type),
         static_cast<std::uint8_t>(std::min(best.score * 10, 10.0f)),
         static_cast<std::uint8_t>((best.valid ? 1 : 0) +
                                   (best.proof ? 2 : 0))});
  }
}

bool DocumentView::HasThree(std::size_t i, float score) const {
  const std::int32_t last = covers_[cover_at_[i]].back();
  return last >= 0 &&
         document_->candidates[static_cast<std::size_t>(last)].score >= score;
}

void DocumentView::Cover(std::size_t i, std::int32_t id) {
  const auto& candidates = document_->candidates;
  if (cover_at_[i] == 0) {
    cover_at_.Set(i, static_cast<std::uint32_t>(covers_.size()));
    covers_.push_back({id, -1, -1});
    return;
  }
  for (std::int32_t& slot : covers_[cover_at_[i]]) {
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
