// SPDX-License-Identifier: Apache-2.0
//
// Stage 1: the text as the engine scans it, and the way back to the input's
// offsets. ASCII input without escapes is passed through untouched (no copy,
// identity map). Otherwise
// - escapes that hide text are undone (engine/canonical_escapes.h): HTML
//   entities, %XX, \uXXXX, quoted-printable, words hyphenated over a line end;
//   control characters vanish;
// - look-alikes fold to ASCII (engine/canonical_fold.h): every script's
//   decimal digits, full-width and mathematical forms, dash and space classes,
//   typographic quotes, Cyrillic, Greek and other letters that look Latin
//   inside otherwise Latin words. Zero-width characters, soft hyphens,
//   variation selectors and stray combining marks vanish; letters with accents
//   are composed and stay;
// - text stored backwards in an override and characters set apart by spaces
//   are put right (engine/canonical_layout.h).
// Escapes of escapes are undone to a depth of four.
//
// ToOriginal(begin, end) of a canonical range is the smallest range of input
// bytes that covers all it came from, on character borders, including what
// vanished inside it.
//
// Not thread-safe: one a thread, reused from text to text.

#ifndef PHIWIRE_ENGINE_CANONICAL_H_
#define PHIWIRE_ENGINE_CANONICAL_H_

#include <cstddef>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "engine/canonical_fold.h"
#include "engine/canonical_layer.h"

namespace phiwire {

class CanonicalText {
 public:
  // kDataLoss naming the byte offset when input is not valid UTF-8 or holds a
  // NUL byte; kOutOfRange at 2 GiB. input must outlive this object's use.
  absl::Status Assign(std::string_view input);

  std::string_view text() const {
    return depth_ == 0 ? input_ : layers_[depth_ - 1].text();
  }
  bool identity() const { return depth_ == 0; }
  // [begin, end) of text(), begin < end -> bytes of the input.
  std::pair<std::size_t, std::size_t> ToOriginal(std::size_t begin,
                                                 std::size_t end) const;

 private:
  TextLayer* NextLayer();
  absl::Status Rewrite();

  std::string_view input_;
  std::vector<TextLayer> layers_;  // kept allocated; the first depth_ count
  std::size_t depth_ = 0;
  FoldCache cache_;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_H_
