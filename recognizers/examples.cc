// SPDX-License-Identifier: Apache-2.0

#include "recognizers/examples.h"

#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "engine/tokenizer.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxHits = 100000;

}  // namespace

absl::StatusOr<std::unique_ptr<ExampleRunner>> ExampleRunner::Create(
    Catalogue catalogue, const Lexicon* lexicon, std::string_view cache_dir) {
  PHIWIRE_ASSIGN_OR_RETURN(std::unique_ptr<CatalogueConfirmer> confirmer,
                           CatalogueConfirmer::Create(std::move(catalogue)));
  std::unique_ptr<ExampleRunner> out(
      new ExampleRunner(std::move(confirmer), lexicon));
  const std::vector<PatternSpec>& patterns = out->confirmer_->patterns();
  if (!patterns.empty()) {
    PHIWIRE_ASSIGN_OR_RETURN(out->database_,
                             HsDatabase::Compile(patterns, cache_dir));
    PHIWIRE_ASSIGN_OR_RETURN(out->scratch_, out->database_->NewScratch());
  }
  return out;
}

absl::StatusOr<const Document*> ExampleRunner::Analyze(std::string_view text) {
  document_.Start(text);
  if (database_.has_value()) {
    PHIWIRE_RETURN_IF_ERROR(
        database_->Scan(text, &*scratch_, kMaxHits, &document_.hits));
  }
  Tokenize(&words_, &document_);
  PHIWIRE_RETURN_IF_ERROR(confirmer_->Confirm(&document_));
  return &document_;
}

ExampleFailure ExampleRunner::Run(PhiType type, const Example& example) {
  const bool positive = !example.surface.empty();
  ExampleFailure failure{type, example.source, positive, ""};
  const absl::StatusOr<const Document*> document = Analyze(example.text);
  if (!document.ok()) {
    failure.what = ToStd(document.status().message());
    return failure;
  }
  const std::size_t at = example.text.rfind(example.surface);
  std::string seen;
  for (const Candidate& c : (*document)->candidates) {
    if (c.type != type) continue;
    const bool enough = c.score >= kExampleThreshold;
    const bool covers = c.begin <= at && c.end >= at + example.surface.size();
    if (positive && enough && covers) return failure;
    if (!positive && !enough) continue;
    seen +=
        Concat({seen.empty() ? "" : ", ", confirmer_->PatternName(c.pattern),
                " [", std::to_string(c.begin), ", ", std::to_string(c.end),
                ") ", std::to_string(c.score).substr(0, 4)});
  }
  if (positive) {
    failure.what = Concat({"no candidate of 0.5 or more covers the surface; ",
                           seen.empty() ? "none at all" : seen});
  } else if (!seen.empty()) {
    failure.what = Concat({"found, but should not be: ", seen});
  }
  return failure;
}

std::vector<ExampleFailure> ExampleRunner::RunType(PhiType type) {
  std::vector<ExampleFailure> out;
  const TypeEntry& entry = confirmer_->catalogue().type(type);
  for (const auto* list : {&entry.positive, &entry.negative}) {
    for (const Example& example : *list) {
      ExampleFailure failure = Run(type, example);
      if (!failure.what.empty()) out.push_back(std::move(failure));
    }
  }
  return out;
}

std::vector<ExampleFailure> ExampleRunner::RunAll() {
  std::vector<ExampleFailure> out;
  for (std::size_t t = 0; t < kPhiTypeCount; ++t) {
    for (ExampleFailure& f : RunType(static_cast<PhiType>(t))) {
      out.push_back(std::move(f));
    }
  }
  return out;
}

}  // namespace phiwire
