// SPDX-License-Identifier: Apache-2.0

#include "recognizers/word_shapes.h"

#include <algorithm>
#include <utility>

#include "base/lexicon.h"
#include "recognizers/start_places.h"
#include "recognizers/walkers/tokens.h"

namespace phiwire {
namespace {

// As \b has it.
bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z') ||
         c == '_';
}

}  // namespace

std::optional<WordShapes::Added> WordShapes::Add(const std::string& regex,
                                                 bool caseless,
                                                 std::uint32_t max_bytes) {
  if (max_bytes > kLongest) return std::nullopt;
  std::optional<StartPlaces> places = FindStartPlaces(regex, caseless);
  if (!places) return std::nullopt;
  std::uint32_t index = 0;
  while (index < shapes_.size() && (shapes_[index].regex != regex ||
                                    shapes_[index].caseless != caseless)) {
    ++index;
  }
  if (index == shapes_.size()) {
    if (!program_->Add(regex, caseless, index)) return std::nullopt;
    shapes_.push_back({regex, caseless, max_bytes});
  }
  shapes_[index].max_bytes = std::max(shapes_[index].max_bytes, max_bytes);
  in_runs_ = in_runs_ || places->long_runs;
  if (places->mark != '\0') {
    marks_.set(static_cast<unsigned char>(places->mark));
  }
  std::erase_if(places->words, [this](const FirstWord& word) {
    if (word.number_behind) number_words_.push_back(HashWord(word.folded));
    return word.number_behind;
  });
  return Added{index, std::move(places->words), places->mark};
}

void WordShapes::Build() {
  program_->Build();
  std::sort(number_words_.begin(), number_words_.end());
  for (const std::uint32_t hash : number_words_) {
    number_bits_ |= std::uint64_t{1} << (hash & 63);
  }
}

ShapeScanner* WordShapes::ScannerIn(
    std::unique_ptr<ShapeScanner>* scanner) const {
  if (*scanner == nullptr || (*scanner)->program() != program_) {
    *scanner = std::make_unique<ShapeScanner>(program_);
  }
  return scanner->get();
}

void WordShapes::AddStarts(const Document& d,
                           std::span<const std::uint32_t> tokens,
                           std::vector<std::uint32_t>* starts) const {
  for (const std::uint32_t i : tokens) {
    const Token& t = d.tokens[i];
    if (IsMixed(t)) {
      starts->push_back(t.begin);
    } else if (!IsNumber(t)) {
      continue;
    }
    if (i == 0) continue;
    const Token& before = d.tokens[i - 1];
    if ((number_bits_ >> (before.hash & 63) & 1) != 0 &&
        before.end + 1 == t.begin && IsWord(before) &&
        std::binary_search(number_words_.begin(), number_words_.end(),
                           before.hash)) {
      starts->push_back(before.begin);
    }
  }
}

void WordShapes::FindAt(std::string_view text, std::size_t begin,
                        ShapeScanner* scanner,
                        std::vector<WordMatch>* matches) const {
  if (begin > 0 && IsWordByte(text[begin - 1])) return;  // no \b
  Scan(text, begin, scanner, matches);
}

void WordShapes::Scan(std::string_view text, std::size_t begin,
                      ShapeScanner* scanner,
                      std::vector<WordMatch>* matches) const {
  // One byte more than the longest match, for \b at its end.
  scanner->ScanAll(text.substr(begin, kLongest + 1), [&](std::uint32_t shape,
                                                         std::size_t length) {
    if (length > shapes_[shape].max_bytes) return;
    matches->push_back({shape, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(begin + length)});
  });
}

void WordShapes::Find(std::string_view text,
                      std::span<const std::uint32_t> begins,
                      ShapeScanner* scanner,
                      std::vector<WordMatch>* matches) const {
  for (const std::uint32_t begin : begins) {
    FindAt(text, begin, scanner, matches);
  }
}

void WordShapes::FindInside(const Document& d,
                            std::span<const std::uint32_t> tokens,
                            ShapeScanner* scanner,
                            std::vector<WordMatch>* matches) const {
  for (const std::uint32_t i : tokens) {
    const Token& t = d.tokens[i];
    for (std::uint32_t at = t.begin; at < t.end; ++at) {
      if (IsWordByte(d.text[at])) FindAt(d.text, at, scanner, matches);
    }
  }
}

void WordShapes::FindAtMarks(std::string_view text,
                             std::span<const std::uint32_t> marks,
                             ShapeScanner* scanner,
                             std::vector<WordMatch>* matches) const {
  for (const std::uint32_t mark : marks) {
    // Behind a word character no shape begins that has a mark.
    if (mark == 0 || IsWordByte(text[mark - 1])) continue;
    Scan(text, mark - 1, scanner, matches);
  }
}

void WordShapes::FindInRuns(const Document& d, ShapeScanner* scanner,
                            std::vector<WordMatch>* matches) const {
  if (!in_runs_) return;
  for (const ByteRun& run : d.long_runs) {
    for (std::size_t at = run.begin; at < run.end; ++at) {
      if (IsWordByte(d.text[at])) FindAt(d.text, at, scanner, matches);
    }
  }
}

}  // namespace phiwire
