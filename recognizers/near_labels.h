// SPDX-License-Identifier: Apache-2.0
//
// Which types have a label anywhere near a place: most candidates have none of
// their own type, and of a dozen candidates at one number the labels are looked
// through once. Belongs to one thread; starts anew with each document.

#ifndef PHIWIRE_RECOGNIZERS_NEAR_LABELS_H_
#define PHIWIRE_RECOGNIZERS_NEAR_LABELS_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/document.h"

namespace phiwire {

class NearLabels {
 public:
  // reach: bytes between the begins of a label and of its value, at most.
  void Start(std::uint32_t reach) {
    reach_ = reach;
    cursor_ = 0;
    size_ = 0;
    types_ = 0;
  }

  // False when no label of `type` can belong to [begin, end). `contexts` are
  // the document's, sorted by begin, and only ever grow.
  bool Any(const std::vector<ContextHit>& contexts, PhiType type,
           std::uint32_t begin, std::uint32_t end) {
    if (contexts.size() != size_ || begin != begin_) Look(contexts, begin);
    return (types_ >> static_cast<unsigned>(type) & 1) != 0 ||
           end - begin > kBehind - 2;
  }

  // Of the last call: index of the first context that begins behind `begin`.
  std::size_t behind() const { return cursor_; }

 private:
  // Labels behind a value (two bytes at most) are looked for this far from
  // its begin.
  static constexpr std::uint32_t kBehind = 128;

  void Look(const std::vector<ContextHit>& contexts, std::uint32_t begin);

  std::uint32_t reach_ = 0;
  std::uint32_t begin_ = 0;
  std::uint32_t types_ = 0;  // a bit each
  std::size_t size_ = 0;     // of contexts when last seen
  std::size_t cursor_ = 0;   // the first context that begins behind begin_
};

}  // namespace phiwire

#endif  // PHIWIRE_RECOGNIZERS_NEAR_LABELS_H_
