// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/sniff.h"

#include <cstddef>
#include <vector>

#include "formats/fhir/elements.h"

namespace phiwire::fhir {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

bool Take(std::string_view* s, std::string_view what) {
  const std::size_t begin = s->find_first_not_of(kBlanks);
  if (begin == std::string_view::npos ||
      s->substr(begin, what.size()) != what) {
    return false;
  }
  s->remove_prefix(begin + what.size());
  return true;
}

}  // namespace

bool LooksLikeFhir(std::string_view head) {
  constexpr std::string_view kName = "\"resourceType\"";
  constexpr std::string_view kBom = "\xEF\xBB\xBF";
  if (head.starts_with(kBom)) head.remove_prefix(kBom.size());
  if (!Take(&head, "{")) return false;
  // Mostly the first member; some writers put it last.
  for (std::size_t at = head.find(kName); at != std::string_view::npos;
       at = head.find(kName, at + 1)) {
    std::string_view rest = head.substr(at + kName.size());
    if (!Take(&rest, ":") || !Take(&rest, "\"")) continue;
    const auto type = FindType(rest.substr(0, rest.find('"')));
    if (type && TypeOf(*type).resource) return true;
  }
  return false;
}

}  // namespace phiwire::fhir
