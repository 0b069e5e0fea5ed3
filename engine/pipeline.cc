// SPDX-License-Identifier: Apache-2.0

#include "engine/pipeline.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <limits>
#include <string>
#include <tuple>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "engine/embedded.h"

namespace phiwire {
namespace {

// One hit for every two bytes, and some for short texts: ten times what the
// densest documents have, a tenth of what a flood of digits would give.
std::size_t MaxHits(std::size_t bytes) { return 4096 + bytes / 2; }

// A token in every other line of a log. A short text costs some ten
// microseconds whatever its length, which is what this bounds.
std::size_t MaxEmbedded(std::size_t bytes) { return 256 + bytes / 128; }

// Texts in texts: each level is at most 3/4 the size of the one around it.
constexpr int kMaxDepth = 3;

// The likeliest of `inside` as a finding over the whole run.
Finding Whole(const EmbeddedText& run, std::vector<Finding>* inside) {
  Finding whole = std::move(*std::max_element(
      inside->begin(), inside->end(),
      [](const Finding& a, const Finding& b) { return a.score < b.score; }));
  whole.begin = run.begin;
  whole.end = run.end;
  whole.source = "embedded text";
  return whole;
}

// Both sorted and disjoint. One of `runs` takes in what it overlaps.
void MergeRuns(std::vector<Finding> runs, std::vector<Finding>* findings) {
  std::vector<Finding> merged;
  merged.reserve(runs.size() + findings->size());
  auto f = findings->begin();
  for (Finding& run : runs) {
    for (; f != findings->end() && f->end <= run.begin; ++f) {
      merged.push_back(std::move(*f));
    }
    for (; f != findings->end() && f->begin < run.end; ++f) {
      run.begin = std::min(run.begin, f->begin);
      run.end = std::max(run.end, f->end);
    }
    if (!merged.empty() && merged.back().end > run.begin) {
      merged.back().end = std::max(merged.back().end, run.end);
    } else {
      merged.push_back(std::move(run));
    }
  }
  std::move(f, findings->end(), std::back_inserter(merged));
  *findings = std::move(merged);
}

void ToOriginal(const CanonicalText& canonical,
                std::vector<Finding>* findings) {
  for (Finding& f : *findings) {
    std::tie(f.begin, f.end) = canonical.ToOriginal(f.begin, f.end);
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
}

}  // namespace

absl::StatusOr<std::unique_ptr<Pipeline::Scratch>> Pipeline::NewScratch()
    const {
  PHIWIRE_ASSIGN_OR_RETURN(HsScratch hs, parts_.database->NewScratch());
  std::unique_ptr<Scratch> scratch(new Scratch(std::move(hs), parts_));
  if (parts_.weigher != nullptr) {
    scratch->weigher_ = parts_.weigher->NewScratch();
  }
  return scratch;
}

absl::Status Pipeline::Prepare(std::string_view text, KnownMatchers known,
                               Scratch* scratch) const {
  if (text.size() >= std::numeric_limits<std::uint32_t>::max()) {
    return absl::OutOfRangeError("a text must be shorter than 4 GiB");
  }
  PHIWIRE_RETURN_IF_ERROR(scratch->canonical_.Assign(text));
  Document& document = scratch->document_;
  document.Start(scratch->canonical_.text());
  document.known = known;
  PHIWIRE_RETURN_IF_ERROR(parts_.database->Scan(document.text, &scratch->hs_,
                                                MaxHits(document.text.size()),
                                                &document.hits));
  Tokenize(&scratch->words_, &document);
  return parts_.confirmer->Confirm(&document);
}

absl::Status Pipeline::RunEmbedded(int depth, KnownMatchers known,
                                   const WeighOptions& options,
                                   Scratch* scratch,
                                   std::vector<Finding>* findings) const {
  const Document& document = scratch->document_;
  const std::size_t most = MaxEmbedded(document.text.size());
  const std::vector<EmbeddedText> runs =
      FindEmbedded(document.text, document.long_runs, most + 1);
  if (runs.empty()) return absl::OkStatus();
  if (runs.size() > most) {
    return absl::OutOfRangeError(
        Concat({"more than ", std::to_string(most),
                " texts in base64 or hexadecimal inside one text"}));
  }
  if (scratch->inner_ == nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(scratch->inner_, NewScratch());
  }
  std::vector<Finding>& inside = scratch->inner_findings_;
  std::vector<Finding> whole;
  for (const EmbeddedText& run : runs) {
    PHIWIRE_RETURN_IF_ERROR(RunAt(depth + 1, run.text, known, options,
                                  scratch->inner_.get(), &inside));
    if (!inside.empty()) whole.push_back(Whole(run, &inside));
  }
  if (!whole.empty()) MergeRuns(std::move(whole), findings);
  return absl::OkStatus();
}

absl::Status Pipeline::RunAt(int depth, std::string_view text,
                             KnownMatchers known, const WeighOptions& options,
                             Scratch* scratch,
                             std::vector<Finding>* findings) const {
  findings->clear();
  if (text.empty()) return absl::OkStatus();
  PHIWIRE_RETURN_IF_ERROR(Prepare(text, known, scratch));
  PHIWIRE_RETURN_IF_ERROR(parts_.weigher->Weigh(
      scratch->document_, options, scratch->weigher_.get(), findings));
  if (depth < kMaxDepth) {
    PHIWIRE_RETURN_IF_ERROR(
        RunEmbedded(depth, known, options, scratch, findings));
  }
  if (!scratch->canonical_.identity()) {
    ToOriginal(scratch->canonical_, findings);
  }
  return absl::OkStatus();
}

absl::Status Pipeline::Run(std::string_view text, KnownMatchers known,
                           const WeighOptions& options, Scratch* scratch,
                           std::vector<Finding>* findings) const {
  return RunAt(0, text, known, options, scratch, findings);
}

}  // namespace phiwire
