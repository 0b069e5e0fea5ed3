// SPDX-License-Identifier: Apache-2.0
//
// What a KnownMatcher finds in a text, written so that tables can hold it:
// "NAME John Doe" is proof, "NAME? Doe" evidence.

#ifndef PHIWIRE_TESTS_RULES_KNOWN_MATCHES_H_
#define PHIWIRE_TESTS_RULES_KNOWN_MATCHES_H_

#include <string>
#include <string_view>
#include <vector>

#include "engine/stages.h"
#include "tests/rules/document_fixture.h"

namespace phiwire {

class KnownMatches : public DocumentFixture {
 protected:
  std::vector<std::string> In(const KnownMatcher& matcher,
                              std::string_view text) {
    Read(text);
    std::vector<KnownMatch> matches;
    matcher.Find(document_, &matches);
    std::vector<std::string> out;
    for (const KnownMatch& m : matches) {
      const std::uint32_t begin = document_.tokens[m.first].begin;
      const std::uint32_t end = document_.tokens[m.last].end;
      out.push_back(std::string(TypeName(m.type)) +
                    (m.evidence == 0 ? " " : "? ") +
                    text_.substr(begin, end - begin));
    }
    return out;
  }
};

}  // namespace phiwire

#endif  // PHIWIRE_TESTS_RULES_KNOWN_MATCHES_H_
