// SPDX-License-Identifier: Apache-2.0
//
// How much speaks for Markdown. Notes are full of dashes, stars and hashes, so
// one sign is none. Pure functions; `head` may be cut anywhere.

#ifndef PHIWIRE_FORMATS_MARKDOWN_SNIFF_H_
#define PHIWIRE_FORMATS_MARKDOWN_SNIFF_H_

#include <string_view>

namespace phiwire {

// How many kinds of mark-up there are: headings ("## History"), bold words,
// links, a closed fence, the rule under a table's head, front matter.
int MarkdownSigns(std::string_view head);

inline bool LooksLikeMarkdown(std::string_view head) {
  return MarkdownSigns(head) >= 2;
}

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_MARKDOWN_SNIFF_H_
