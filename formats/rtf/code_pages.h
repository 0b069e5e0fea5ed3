// SPDX-License-Identifier: Apache-2.0
//
// The code pages that RTF's \'hh are in, read by ICU. One object a document;
// not thread-safe.

#ifndef PHIWIRE_FORMATS_RTF_CODE_PAGES_H_
#define PHIWIRE_FORMATS_RTF_CODE_PAGES_H_

#include <cstddef>
#include <map>
#include <memory>
#include <string_view>

#include "unicode/ucnv.h"

namespace phiwire::rtf {

// Of \fcharsetN; 0: the document's own, -1: none that is known.
int CodePageOfCharset(long charset);

// Whether `byte` is the first of two in that code page.
bool IsLeadByte(int code_page, unsigned char byte);

class CodePages {
 public:
  // Whether ICU has the code page.
  bool Has(int code_page);

  struct Char {
    char32_t value = 0;
    std::size_t size = 1;  // bytes; what is no character is one U+FFFD
  };
  // The character at the front of `bytes` (not empty); Has(code_page).
  Char First(int code_page, std::string_view bytes);

 private:
  struct Close {
    void operator()(UConverter* converter) const { ucnv_close(converter); }
  };
  using Converter = std::unique_ptr<UConverter, Close>;

  UConverter* Get(int code_page);

  std::map<int, Converter> converters_;
};

}  // namespace phiwire::rtf

#endif  // PHIWIRE_FORMATS_RTF_CODE_PAGES_H_
