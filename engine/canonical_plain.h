// SPDX-License-Identifier: Apache-2.0
//
// Whether stage 1 has anything to do at all. Nearly all texts are ASCII with
// nothing hidden in it; one pass of some two instructions a byte tells them
// from the rest, which then take the long way (engine/canonical.h).
//
// Pure function, thread-safe.

#ifndef PHIWIRE_ENGINE_CANONICAL_PLAIN_H_
#define PHIWIRE_ENGINE_CANONICAL_PLAIN_H_

#include <string_view>

namespace phiwire {

// True only when the canonical text is the text itself: ASCII without control
// characters, where no escape, hyphenated line end, tag or spaced-out run that
// could be undone begins. False says nothing.
bool IsPlainText(std::string_view text);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_CANONICAL_PLAIN_H_
