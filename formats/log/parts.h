// SPDX-License-Identifier: Apache-2.0
//
// Gathers what is known of parts of a log entry: slots, what stays, and text
// that is spelled otherwise (percent signs). All the rest is scanned. Parts may
// come in any order; of two that overlap the one that begins first counts. One
// an entry, not thread-safe; the entry must outlive it.

#ifndef PHIWIRE_FORMATS_LOG_PARTS_H_
#define PHIWIRE_FORMATS_LOG_PARTS_H_

#include <cstddef>
#include <string_view>
#include <vector>

#include "engine/format.h"

namespace phiwire::log {

class Parts {
 public:
  explicit Parts(std::string_view entry) : entry_(entry) {}

  std::string_view entry() const { return entry_; }

  // Replaced whole, as the same type is in text: "[NAME]".
  Field& Slot(std::size_t begin, std::size_t end, PhiType type,
              std::string_view path);
  void Keep(std::size_t begin, std::size_t end);
  // Text of its own path, or decoded.
  Field& Text(std::size_t begin, std::size_t end, std::string_view path);

  // Looked for in the entry's texts when it is long enough to tell.
  void Known(PhiType type, std::string_view value);
  // The patient's id, the best of the entry's.
  void Subject(int rank, std::string_view id);
  RecordFields& out() { return out_; }

  RecordFields Finish();

 private:
  struct Stretch {
    std::size_t begin = 0;
    std::size_t end = 0;
  };
  void PutText(std::size_t begin, std::size_t end, std::vector<Field>* fields);

  std::string_view entry_;
  RecordFields out_;
  std::vector<Stretch> kept_;
  int subject_rank_ = 0;
};

// Whether a value says that there is none: "-", "null", "true".
bool IsNoValue(std::string_view value);
// Whether an account is a machine's or everybody's: root, postgres.
bool IsServiceAccount(std::string_view value);

}  // namespace phiwire::log

#endif  // PHIWIRE_FORMATS_LOG_PARTS_H_
