// SPDX-License-Identifier: Apache-2.0

#include "recognizers/word_shapes.h"

#include <algorithm>
#include <utility>

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
  std::optional<std::vector<FirstWord>> words = FirstWords(regex, caseless);
  if (!words) return std::nullopt;
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
  return Added{index, *std::move(words)};
}

void WordShapes::Build() { program_->Build(); }

ShapeScanner* WordShapes::ScannerIn(
    std::unique_ptr<ShapeScanner>* scanner) const {
  if (*scanner == nullptr || (*scanner)->program() != program_) {
    *scanner = std::make_unique<ShapeScanner>(program_);
  }
  return scanner->get();
}

void WordShapes::FindAt(std::string_view text, std::size_t begin,
                        ShapeScanner* scanner,
                        std::vector<WordMatch>* matches) const {
  if (begin > 0 && IsWordByte(text[begin - 1])) return;  // no \b
  // One byte more than the longest match, for \b at its end.
  scanner->ScanAll(text.substr(begin, kLongest + 1), [&](std::uint32_t shape,
                                                         std::size_t length) {
    if (length > shapes_[shape].max_bytes) return;
    matches->push_back({shape, static_cast<std::uint32_t>(begin),
                        static_cast<std::uint32_t>(begin + length)});
  });
}

void WordShapes::Find(const Document& d, std::span<const std::uint32_t> tokens,
                      ShapeScanner* scanner,
                      std::vector<WordMatch>* matches) const {
  for (const std::uint32_t i : tokens) {
    FindAt(d.text, d.tokens[i].begin, scanner, matches);
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

}  // namespace phiwire
