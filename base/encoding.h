// SPDX-License-Identifier: Apache-2.0
//
// Bytes of a named encoding to UTF-8 and back, strictly: a byte the encoding
// does not define, a cut-off character or one the target can't hold is an
// error naming its offset, never a replacement character. What ToUtf8 reports
// (encoding, byte order mark) makes FromUtf8 give the same bytes again.
//
//   PHIWIRE_ASSIGN_OR_RETURN(DecodedText in, ToUtf8(bytes, "auto"));
//   ... edit in.utf8 ...
//   auto out = FromUtf8(in.utf8, in.encoding, in.bom);
//
// Names: auto, utf-8, utf-16 (by its byte order mark; without one little
// endian), utf-16le, utf-16be, windows-1252, iso-8859-N as far as ICU has them
// (not 12, 16); case and '_' do not matter. auto: a byte order mark, else the
// bytes must be valid UTF-8. Functions are pure and safe from any thread.

#ifndef PHIWIRE_BASE_ENCODING_H_
#define PHIWIRE_BASE_ENCODING_H_

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire {

struct DecodedText {
  std::string utf8;      // without byte order mark
  std::string encoding;  // what it was, e.g. "utf-16le"; never auto or utf-16
  bool bom = false;      // a byte order mark stood first
};

// kInvalidArgument for an unknown name, kDataLoss for bytes that are not of it.
absl::StatusOr<DecodedText> ToUtf8(std::string_view bytes,
                                   std::string_view encoding);

// ToUtf8 for bytes that come piece by piece. UTF-8 passes as it is, checked by
// nobody: only without its byte order mark. One thread at a time.
class TextDecoder {
 public:
  // `head`: the first four bytes, or all there are.
  static absl::StatusOr<TextDecoder> Create(std::string_view encoding,
                                            std::string_view head);
  TextDecoder(TextDecoder&&) noexcept;
  TextDecoder& operator=(TextDecoder&&) noexcept;
  ~TextDecoder();

  const std::string& encoding() const;  // never auto or utf-16
  bool bom() const;

  // Appends to *utf8; `last`: nothing follows. kDataLoss with the offset from
  // the first byte of all.
  absl::Status Decode(std::string_view bytes, bool last, std::string* utf8);

 private:
  struct State;
  explicit TextDecoder(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// kDataLoss when a character does not exist in the encoding.
absl::StatusOr<std::string> FromUtf8(std::string_view utf8,
                                     std::string_view encoding,
                                     bool bom = false);

}  // namespace phiwire

#endif  // PHIWIRE_BASE_ENCODING_H_
