// SPDX-License-Identifier: Apache-2.0
//
// Stage 3: one pass over the text; every word is looked up once in the lexicon
// and once among the word classes, by the same hash.
//
// A word is a run of letters and digits (as Unicode has them, so that a token
// is never smaller than what a reader takes for one), with apostrophes between
// letters inside it: O'Brien, don't. A final 's is left outside: "Foley's" is
// Foley, ', s. Every other character that is not white space is a token of its
// own, and so is a line feed. Linear in the text; no allocation once `tokens`
// has grown.
//
//   Tokenize("Dr. O'Brien's", lexicon, classes, &tokens);
//   // Dr | . | O'Brien | ' | s

#ifndef PHIWIRE_ENGINE_TOKENIZER_H_
#define PHIWIRE_ENGINE_TOKENIZER_H_

#include <string_view>
#include <vector>

#include "base/lexicon.h"
#include "engine/document.h"
#include "engine/word_classes.h"

namespace phiwire {

// text is valid UTF-8 of less than 4 GiB. *tokens is overwritten.
void Tokenize(std::string_view text, const Lexicon& lexicon,
              const WordClasses& classes, std::vector<Token>* tokens);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_TOKENIZER_H_
