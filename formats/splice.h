// SPDX-License-Identifier: Apache-2.0
//
// Writes edits into a record; what all formats share. The format passes what
// it does to the text of an edit. Every byte outside an edit is copied.

#ifndef PHIWIRE_FORMATS_SPLICE_H_
#define PHIWIRE_FORMATS_SPLICE_H_

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "base/strings.h"
#include "engine/field.h"

namespace phiwire {

// kInternal unless the edits are sorted, disjoint and inside the record.
inline absl::Status CheckEdits(std::string_view record,
                               std::span<const Edit> edits) {
  std::size_t last = 0;
  for (const Edit& edit : edits) {
    if (edit.begin < last || edit.end < edit.begin ||
        edit.end > record.size()) {
      return absl::InternalError(ToAbsl("edits out of order or of range"));
    }
    last = edit.end;
  }
  return absl::OkStatus();
}

// Appends the record with the edits' texts as they are; the edits are checked.
inline void AppendSpliced(std::string_view record, std::span<const Edit> edits,
                          std::string* out) {
  // What stays between edits is mostly shorter: copied whole, and overwritten.
  constexpr std::size_t kStep = 16;
  std::size_t size = record.size();
  for (const Edit& edit : edits) {
    size += edit.text.size() - (edit.end - edit.begin);
  }
  const std::size_t before = out->size();
  out->resize(before + size + kStep);
  char* at = out->data() + before;
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    const char* const kept = record.data() + copied;
    const std::size_t stays = edit.begin - copied;
    if (stays <= kStep && record.size() - copied >= kStep) {
      std::memcpy(at, kept, kStep);
      at += stays;
    } else {
      at = std::copy_n(kept, stays, at);
    }
    at = std::copy(edit.text.begin(), edit.text.end(), at);
    copied = edit.end;
  }
  std::copy(record.begin() + static_cast<std::ptrdiff_t>(copied), record.end(),
            at);
  out->resize(before + size);
}

// escape(std::string_view text, std::string& out) appends the escaped text.
template <typename Escape>
absl::StatusOr<std::string> SpliceEdits(std::string_view record,
                                        std::span<const Edit> edits,
                                        Escape escape) {
  if (absl::Status status = CheckEdits(record, edits); !status.ok()) {
    return status;
  }
  std::string out;
  out.reserve(record.size());
  std::size_t copied = 0;
  for (const Edit& edit : edits) {
    out.append(record.substr(copied, edit.begin - copied));
    escape(edit.text, out);
    copied = edit.end;
  }
  out.append(record.substr(copied));
  return out;
}

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_SPLICE_H_
