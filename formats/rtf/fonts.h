// SPDX-License-Identifier: Apache-2.0
//
// Which code page the bytes of a font are in: the document's, or what the
// font table says. One object a document; not thread-safe.

#ifndef PHIWIRE_FORMATS_RTF_FONTS_H_
#define PHIWIRE_FORMATS_RTF_FONTS_H_

#include <map>

#include "formats/rtf/words.h"

namespace phiwire::rtf {

class Fonts {
 public:
  // A control word about fonts; `page` is the group's code page, 0 for the
  // document's.
  void Take(Word word, long number, bool in_table, int* page);

  // The code page for a group's.
  int Page(int of_group) const {
    return of_group == 0 ? document_page_ : of_group;
  }

 private:
  int PageOf(int font) const {
    const auto found = pages_.find(font);
    return found == pages_.end() ? 0 : found->second;
  }

  std::map<int, int> pages_;
  int document_page_ = 1252;
  int default_font_ = 0;
  int defined_font_ = 0;
};

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_FONTS_H_
