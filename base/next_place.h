// SPDX-License-Identifier: Apache-2.0
//
// Where something stands next in a text, asked for at many places: what was
// found is kept, so that a text without it, or with it far away, is not read
// through from each place anew. Text that was made to be slow is linear by
// this.
//
//   NextPlace comma;
//   comma.From(at, [&](std::size_t from) { return text.find(',', from); })
//
// `find` gives the first place at or behind `from`, or npos; the same each
// time.

#ifndef PHIWIRE_BASE_NEXT_PLACE_H_
#define PHIWIRE_BASE_NEXT_PLACE_H_

#include <cstddef>

namespace phiwire {

class NextPlace {
 public:
  template <class Find>
  std::size_t From(std::size_t from, Find find) {
    if (from < asked_ || from > found_) {
      found_ = find(from);
      asked_ = from;
    }
    return found_;
  }

 private:
  // Nothing stands from asked_ up to found_; at first, nothing was asked.
  std::size_t asked_ = 1;
  std::size_t found_ = 0;
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_NEXT_PLACE_H_
