// SPDX-License-Identifier: Apache-2.0
//
// Stage 1: the text as the engine scans it, and the way back to the input's
// offsets. ASCII input is passed through untouched (no copy, identity map).
// Otherwise look-alikes fold to ASCII (full-width forms and every other
// decimal digit, dash and space classes, typographic quotes, Cyrillic and
// Greek letters that look Latin inside otherwise Latin words), zero-width
// characters, soft hyphens and variation selectors vanish, letters with
// accents stay as they are. Escapes that hide text are undone: HTML entities,
// %XX, \uXXXX, quoted-printable.
//
// The map is many-to-many: ToOriginal(begin, end) of a canonical range is the
// smallest range of input bytes that covers all it came from, on character
// borders, including characters that vanished inside it.

#ifndef PHIWIRE_ENGINE_CANONICAL_H_
#define PHIWIRE_ENGINE_CANONICAL_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"

namespace phiwire {

class CanonicalText {
 public:
  // kDataLoss naming the byte offset when input is not valid UTF-8 or holds a
  // NUL byte. input must outlive this object's use. Reusable.
  absl::Status Assign(std::string_view input);

  std::string_view text() const { return text_; }
  bool identity() const { return starts_.empty(); }
  // [begin, end) of text(), begin < end -> bytes of the input.
  std::pair<std::size_t, std::size_t> ToOriginal(std::size_t begin,
                                                 std::size_t end) const;

 private:
  friend class CanonicalBuilder;
  std::string_view input_;
  std::string_view text_;
  std::string buffer_;
  // Of each canonical byte the input range it came from; empty: identity.
  std::vector<std::uint32_t> starts_;
  std::vector<std::uint32_t> ends_;
};

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_H_
