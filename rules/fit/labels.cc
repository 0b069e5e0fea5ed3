// SPDX-License-Identifier: Apache-2.0

#include "rules/fit/labels.h"

#include <string_view>

namespace phiwire {

Group LabelOf(const GoldDocument& document, std::size_t begin, std::size_t end,
              std::size_t* at, bool* counted) {
  const auto& spans = document.spans;
  while (*at < spans.size() && spans[*at].end <= begin) ++*at;
  *counted = true;
  for (std::size_t s = *at; s < spans.size() && spans[s].begin < end; ++s) {
    if (spans[s].end <= begin) continue;
    if (spans[s].type) {
      *counted = true;
      return GroupOf(*spans[s].type);
    }
    *counted = false;
  }
  return Group::kNone;
}

bool CalmToken(const DocumentView& view, std::size_t i, std::uint64_t calm) {
  const Token& t = view.token(i);
  if ((view.facts(i).classes & calm) != 0) return true;
  const std::string_view s = view.surface(i);
  return t.kind == TokenKind::kNumber && s.size() == 4 &&
         (s.starts_with("19") || s.starts_with("20"));
}

}  // namespace phiwire
