// SPDX-License-Identifier: Apache-2.0
//
// Stage 3: one pass over the text; what each word is by itself comes from a
// table of words (engine/word_table.h).
//
// A word is a run of letters and digits (as Unicode has them, so that a token
// is never smaller than what a reader takes for one), with apostrophes between
// letters inside it: O'Brien, don't. A final 's is left outside: "Foley's" is
// Foley, ', s. Every other character that is not white space is a token of its
// own, and so is a line feed. Linear in the text; no allocation once the
// document's vectors have grown and its words are known.
//
//   WordTable words(lexicon, classes);  // one a thread
//   document.text = "Dr. O'Brien's";
//   Tokenize(&words, &document);
//   // Dr | . | O'Brien | ' | s

#ifndef PHIWIRE_ENGINE_TOKENIZER_H_
#define PHIWIRE_ENGINE_TOKENIZER_H_

#include "engine/document.h"
#include "engine/word_table.h"

namespace phiwire {

// document->text is valid UTF-8 of less than 4 GiB. Its tokens, compounds
// (indices of words with an apostrophe or a character beyond ASCII in them) and
// long runs are overwritten; its words are set.
void Tokenize(WordTable* words, Document* document);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_TOKENIZER_H_
