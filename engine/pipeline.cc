// SPDX-License-Identifier: Apache-2.0

#include "engine/pipeline.h"

#include <algorithm>
#include <cstdint>
#include <limits>

#include "base/status_macros.h"
#include "engine/tokenizer.h"

namespace phiwire {
namespace {

// One hit for every two bytes, and some for short texts: ten times what the
// densest documents have, a tenth of what a flood of digits would give.
std::size_t MaxHits(std::size_t bytes) { return 4096 + bytes / 2; }

}  // namespace

absl::StatusOr<std::unique_ptr<Pipeline::Scratch>> Pipeline::NewScratch()
    const {
  PHIWIRE_ASSIGN_OR_RETURN(HsScratch hs, parts_.database->NewScratch());
  std::unique_ptr<Scratch> scratch(new Scratch(std::move(hs)));
  if (parts_.weigher != nullptr) {
    scratch->weigher_ = parts_.weigher->NewScratch();
  }
  return scratch;
}

absl::Status Pipeline::Prepare(std::string_view text,
                               std::span<const KnownValue> known,
                               Scratch* scratch) const {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return absl::OutOfRangeError("a text must be shorter than 4 GiB");
  }
  PHIWIRE_RETURN_IF_ERROR(scratch->canonical_.Assign(text));
  Document& document = scratch->document_;
  document.Clear();
  document.text = scratch->canonical_.text();
  document.known = known;
  PHIWIRE_RETURN_IF_ERROR(
      parts_.database->Scan(document.text, &scratch->hs_,
                            MaxHits(document.text.size()), &document.hits));
  Tokenize(document.text, *parts_.lexicon, *parts_.classes, &document.tokens);
  return parts_.confirmer->Confirm(&document);
}

absl::Status Pipeline::Run(std::string_view text,
                           std::span<const KnownValue> known,
                           const WeighOptions& options, Scratch* scratch,
                           std::vector<Finding>* findings) const {
  findings->clear();
  if (text.empty()) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(Prepare(text, known, scratch));
  PHIWIRE_RETURN_IF_ERROR(parts_.weigher->Weigh(
      scratch->document_, options, scratch->weigher_.get(), findings));
  if (scratch->canonical_.identity()) return absl::OkStatus();
  for (Finding& f : *findings) {
    std::tie(f.begin, f.end) = scratch->canonical_.ToOriginal(f.begin, f.end);
  }
  // Two findings may share one input character (a ligature): the later one
  // begins where the earlier ends, or goes.
  std::size_t last_end = 0;
  std::erase_if(*findings, [&last_end](Finding& f) {
    f.begin = std::max(f.begin, last_end);
    if (f.begin >= f.end) return true;
    last_end = f.end;
    return false;
  });
  return absl::OkStatus();
}

}  // namespace phiwire
