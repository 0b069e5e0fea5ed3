// SPDX-License-Identifier: Apache-2.0
//
// Markdown (CommonMark and tables) as people read it, with a map back to the
// bytes: "**John** Smith" reads "John Smith". What is mark-up by its look is a
// gap: runs of *, _, ` and ~ beside a word, the # and > before a line, the
// bars of a table row (tabs), the brackets around a link's target (the target
// is text), tags of HTML (read as HTML's are). Everything else is text, front
// matter and code too: nothing of a document is left unread for the way it is
// marked up. One pass, linear. Thread-safe.

#ifndef PHIWIRE_FORMATS_MARKDOWN_TEXT_H_
#define PHIWIRE_FORMATS_MARKDOWN_TEXT_H_

#include <string_view>

#include "absl/status/status.h"
#include "formats/markup/xhtml_text.h"

namespace phiwire::markdown {

// kOutOfRange over 4 GiB.
absl::Status DecodeMarkdown(std::string_view record, markup::XhtmlText* out);

}  // namespace phiwire::markdown

#endif  // PHIWIRE_FORMATS_MARKDOWN_TEXT_H_
