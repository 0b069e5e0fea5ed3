// SPDX-License-Identifier: Apache-2.0
//
// Whether bytes are HTML, by their front: what --format auto asks. Pure
// functions; `head` may be cut anywhere.

#ifndef PHIWIRE_FORMATS_HTML_SNIFF_H_
#define PHIWIRE_FORMATS_HTML_SNIFF_H_

#include <string_view>

namespace phiwire {

// A doctype of HTML or an <html> tag, behind white space, comments and an XML
// declaration at most.
bool LooksLikeHtml(std::string_view head);

// Begins with a tag of HTML, has an end tag, and no tags of other
// vocabularies.
bool LooksLikeHtmlFragment(std::string_view head);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_HTML_SNIFF_H_
