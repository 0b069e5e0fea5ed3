// SPDX-License-Identifier: Apache-2.0

#include "formats/markup/names.h"

#include <algorithm>
#include <cstddef>

#include "base/ascii.h"
#include "formats/markup/name_table.h"

namespace phiwire::markup {
namespace {

constexpr std::size_t kLongestName = 16;
constexpr std::size_t kLongestWord = 12;
constexpr std::size_t kMostDigits = 4;

// https://html.spec.whatwg.org/multipage/indices.html#elements-3, and the
// obsolete ones that people's files hold.
constexpr std::string_view kInline =
    " a abbr acronym audio b base basefont bdi bdo big blink button canvas cite"
    " code data datalist del dfn em embed font i img input ins kbd label link"
    " map mark math meta meter nobr object output param path picture progress q"
    " rb rp rt rtc ruby s samp slot small source span strike strong sub sup svg"
    " g rect circle line text tspan use track tt u var video wbr area "
    " colgroup col portal template applet bgsound ";
constexpr std::string_view kBlock =
    " address article aside blockquote body br caption center dd details dialog"
    " dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2"
    " h3 h4 h5 h6 head header hgroup hr html legend li main marquee menu"
    " menuitem nav noscript ol optgroup option p search section select summary"
    " table tbody tfoot thead tr ul ";
constexpr std::string_view kCell = " td th ";
constexpr std::string_view kPreformatted = " pre listing ";
constexpr std::string_view kRawText =
    " script style iframe noembed noframes xmp ";
constexpr std::string_view kText = " textarea title ";
constexpr std::string_view kPlainText = " plaintext ";

constexpr std::string_view kTextAttributes =
    " abbr action alt aria-description aria-label aria-valuetext cite class"
    " content data data-value datetime download headers href id label list"
    " longdesc placeholder poster prompt src srcdoc srcset standby style"
    " summary title usemap value xlink:href xml:base background codebase"
    " formaction ping manifest profile archive classid aria-labelledby"
    " aria-describedby aria-controls aria-owns sizes ";
constexpr std::string_view kLabelAttributes =
    " for name property itemprop http-equiv key ";
constexpr std::string_view kLookAttributes =
    " accept-charset align alink aria-atomic aria-busy aria-checked"
    " aria-disabled aria-expanded aria-haspopup aria-hidden aria-level"
    " aria-live aria-pressed aria-required aria-selected async autocomplete"
    " autofocus autoplay axis bgcolor border bordercolor cellpadding"
    " cellspacing char charoff charset checked clear color cols colspan compact"
    " contenteditable controls coords crossorigin declare default defer dir"
    " dirname disabled draggable enctype face fetchpriority form frame"
    " frameborder height hidden hreflang hspace inputmode ismap kind lang link"
    " loading loop low high optimum marginheight marginwidth max maxlength"
    " media method min minlength multiple muted noresize noshade novalidate"
    " nowrap open pattern preload readonly rel required rev reversed role rows"
    " rowspan rules sandbox scheme scope scrolling selected shape size span"
    " spellcheck start step styleCode tabindex target text translate type"
    " valign valuetype version vlink vspace width wrap xml:lang xml:space ";
constexpr std::string_view kNamespaceAttributes =
    " xmlns xmlns:xlink xmlns:svg xmlns:v xmlns:o xmlns:w xmlns:m xmlns:x"
    " xmlns:xsi xmlns:sdtc xmlns:st1 itemtype vocab prefix ";

constexpr char Lower(char c) {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

constexpr NameTable MakeElements() {
  NameTable table;
  const auto add = [&table](std::string_view names, Element kind) {
    table.AddAll(names, static_cast<std::uint8_t>(kind));
  };
  add(kInline, Element::kInline);
  add(kBlock, Element::kBlock);
  add(kCell, Element::kCell);
  add(kPreformatted, Element::kPreformatted);
  add(kRawText, Element::kRawText);
  add(kText, Element::kText);
  add(kPlainText, Element::kPlainText);
  return table;
}

constexpr NameTable MakeAttributes() {
  NameTable table;
  const auto add = [&table](std::string_view names, Attribute kind) {
    table.AddAll(names, static_cast<std::uint8_t>(kind));
  };
  add(kTextAttributes, Attribute::kText);
  add(kLabelAttributes, Attribute::kLabel);
  add(kLookAttributes, Attribute::kLook);
  add(kNamespaceAttributes, Attribute::kNamespace);
  return table;
}

constexpr NameTable kElements = MakeElements();
constexpr NameTable kAttributes = MakeAttributes();

bool IsLowerWord(std::string_view value) {
  return value.size() <= kLongestWord &&
         std::all_of(value.begin(), value.end(),
                     [](char c) { return c >= 'a' && c <= 'z'; });
}

bool IsHex(char c) {
  return IsDigit(c) || (Lower(c) >= 'a' && Lower(c) <= 'f');
}

}  // namespace

Element ElementOf(std::string_view name) {
  if (name.size() > kLongestName) return Element::kUnknown;
  return static_cast<Element>(kElements.Find(name));
}

Attribute AttributeOf(std::string_view name) {
  if (name.size() > kLongestName) return Attribute::kUnknown;
  return static_cast<Attribute>(kAttributes.Find(name));
}

bool IsLook(std::string_view value) {
  if (value.empty()) return true;
  if (value.front() == '#') {
    return value.size() <= 9 &&
           std::all_of(value.begin() + 1, value.end(), IsHex);
  }
  const std::size_t digits = DigitsAt(value, 0);
  if (digits > kMostDigits) return false;
  const std::string_view unit = value.substr(digits);
  if (digits > 0) {
    return unit.empty() || unit == "%" || unit == "px" || unit == "pt" ||
           unit == "em";
  }
  return IsLowerWord(value);
}

bool IsStandardUri(std::string_view value) {
  constexpr std::string_view kFronts[] = {
      "http://www.w3.org/",
      "https://www.w3.org/",
      "urn:schemas-microsoft-com:",
      "http://schemas.microsoft.com/",
      "urn:hl7-org:",
  };
  constexpr std::size_t kLongest = 64;
  if (value.size() > kLongest) return false;
  return std::any_of(
      std::begin(kFronts), std::end(kFronts), [value](std::string_view front) {
        return value.substr(0, front.size()) == front &&
               std::all_of(
                   value.begin() + static_cast<std::ptrdiff_t>(front.size()),
                   value.end(), [](char c) {
                     return IsDigit(c) || c == '/' || c == '-' || c == '#' ||
                            c == '.' || c == ':' ||
                            (Lower(c) >= 'a' && Lower(c) <= 'z');
                   });
      });
}

}  // namespace phiwire::markup
