// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/fonts.h"

#include <algorithm>

#include "formats/rtf/code_pages.h"

namespace phiwire::rtf {

void Fonts::Take(Word word, long number, bool in_table, int* page) {
  const auto n = static_cast<int>(std::clamp(number, long{-1}, long{1} << 20));
  switch (word) {
    case Word::kCodePage:
      document_page_ = n;
      break;
    case Word::kMac:
      document_page_ = 10000;
      break;
    case Word::kPc:
      document_page_ = 437;
      break;
    case Word::kPca:
      document_page_ = 850;
      break;
    case Word::kDefaultFont:
      default_font_ = n;
      break;
    case Word::kFont:
      if (in_table) {
        defined_font_ = n;
      } else {
        *page = PageOf(n);
      }
      break;
    case Word::kPlain:
      *page = PageOf(default_font_);
      break;
    case Word::kFontCharset:
      pages_[defined_font_] = CodePageOfCharset(n);
      break;
    case Word::kFontCodePage:
      pages_[defined_font_] = n;
      break;
    default:
      break;
  }
}

}  // namespace phiwire::rtf
