// SPDX-License-Identifier: Apache-2.0

#include "formats/rtf/words.h"

#include <cstddef>

#include "formats/markup/name_table.h"

namespace phiwire::rtf {
namespace {

constexpr markup::NameTable MakeWords() {
  markup::NameTable table;
  const auto add = [&table](std::string_view names, Word word) {
    table.AddAll(names, static_cast<std::uint8_t>(word));
  };
  add("par line row nestrow sect page column softline softpage lbr",
      Word::kLineEnd);
  add("tab cell nestcell", Word::kTab);
  add("emspace enspace qmspace", Word::kBlank);
  add("emdash endash", Word::kDash);
  add("lquote rquote", Word::kQuote);
  add("ldblquote rdblquote", Word::kQuotes);
  add("bullet", Word::kBullet);
  add("u", Word::kUnicode);
  add("uc", Word::kFallback);
  add("ansicpg", Word::kCodePage);
  add("mac", Word::kMac);
  add("pc", Word::kPc);
  add("pca", Word::kPca);
  add("f", Word::kFont);
  add("deff", Word::kDefaultFont);
  add("fcharset", Word::kFontCharset);
  add("cpg", Word::kFontCodePage);
  add("plain", Word::kPlain);
  add("bin", Word::kBinary);
  add("mo dy hr min sec revdttm revdttmdel pnrdate dfrstart dfrstop crdate"
      " prdttm",
      Word::kDatePart);
  add("header headerl headerr headerf footer footerl footerr footerf",
      Word::kMain);
  add("footnote annotation ftnsep ftnsepc ftncn aftnsep aftnsepc aftncn"
      " fldinst title subject category keywords comment doccomm hlinkbase"
      " stylesheet xe tc txe rxe info template listname",
      Word::kAside);
  add("colortbl listtable listoverridetable rsidtbl latentstyles themedata"
      " colorschememapping generator leveltext levelnumbers pgptbl",
      Word::kStructure);
  add("fonttbl", Word::kFontTable);
  add("author operator manager atnauthor atnid revtbl", Word::kName);
  add("company", Word::kEmployer);
  add("atndate blipuid blipupi", Word::kStamp);
  add("pict", Word::kPicture);
  add("objdata datastore objalias objsect passwordhash", Word::kData);
  return table;
}

constexpr markup::NameTable kWords = MakeWords();

}  // namespace

Word WordOf(std::string_view name) {
  return static_cast<Word>(kWords.Find(name));
}

}  // namespace phiwire::rtf
