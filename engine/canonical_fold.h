// SPDX-License-Identifier: Apache-2.0
//
// Folds characters that look like ASCII to ASCII (ICU's character data, plus
// tables for what Unicode has no mapping for: NFKC covers only 80 of 660
// decimal digits and 3 of 26 dashes). What a character may become depends on
// its neighbours for three classes: look-alike letters (only in words that are
// otherwise Latin; micro signs and beta of medical prose stay), superscript
// digits (only in runs: "m2" written with one stays) and combining marks.

#ifndef PHIWIRE_ENGINE_CANONICAL_FOLD_H_
#define PHIWIRE_ENGINE_CANONICAL_FOLD_H_

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

#include "engine/canonical_layer.h"

namespace phiwire {

// The first three stay as they are.
enum class FoldKind : std::uint8_t {
  kKeep,     // no fold, not a letter
  kLatin,    // no fold, a Latin letter
  kForeign,  // no fold, a letter of another script
  kReplace,  // always becomes `bytes`
  kVanish,
  kMark,        // combining: composes with its base or vanishes
  kLookAlike,   // a letter of another script that becomes bytes in some words
  kSmallDigit,  // superscript or subscript: becomes bytes in runs
  kMiddleDot,   // becomes bytes between digits
  kTag,         // invisible copy of ASCII: bytes in runs, else vanishes
};

struct Fold {
  char32_t code_point = 0;
  FoldKind kind = FoldKind::kKeep;
  std::uint8_t size = 0;
  bool greek_small = false;  // a symbol of medicine when it stands alone
  std::array<char, 8> bytes = {};

  std::string_view text() const { return {bytes.data(), size}; }
};

// Classifies one code point over U+007F. Slow (ICU's tries and normaliser).
Fold Classify(char32_t code_point);

// Remembers classes of the code points seen last; one a thread.
class FoldCache {
 public:
  const Fold& Find(char32_t code_point) {
    if (slots_.empty()) slots_.resize(kSlots);
    Fold& slot = slots_[code_point % kSlots];
    if (slot.code_point != code_point) slot = Classify(code_point);
    return slot;
  }

 private:
  static constexpr std::size_t kSlots = 1024;
  // Made when the first is asked for; code point 0 never is.
  std::vector<Fold> slots_;
};

// Fills layer from source, which is valid UTF-8 (Finish not yet called).
void FoldLookAlikes(std::string_view source, FoldCache* cache,
                    TextLayer* layer);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_FOLD_H_
