// SPDX-License-Identifier: Apache-2.0

#include "phiwire/deidentifier.h"

#include <algorithm>
#include <utility>

#include "base/status_macros.h"
#include "formats/detect.h"
#include "policy/assembly.h"
#include "policy/columns.h"
#include "policy/data_dir.h"
#include "policy/deidentifier_impl.h"
#include "policy/roster.h"

namespace phiwire {
namespace {

// Sorted, disjoint: of two that overlap the likelier stays, then the longer.
void Resolve(std::vector<Finding>* findings) {
  std::sort(findings->begin(), findings->end(),
            [](const Finding& a, const Finding& b) {
              return a.begin != b.begin ? a.begin < b.begin : a.end > b.end;
            });
  std::vector<Finding> kept;
  for (Finding& f : *findings) {
    if (kept.empty() || f.begin >= kept.back().end) {
      kept.push_back(std::move(f));
      continue;
    }
    // Nothing that one of them covers may come through.
    Finding& last = kept.back();
    const std::size_t end = std::max(last.end, f.end);
    if (f.score > last.score) {
      const std::size_t begin = last.begin;
      last = std::move(f);
      last.begin = begin;
    }
    last.end = end;
  }
  *findings = std::move(kept);
}

absl::StatusOr<RecordDeidentifier::Parts> Assemble(const Policy& of_user,
                                                   const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(const Columns columns, ReadColumns(of_user));
  Policy policy = of_user;
  policy.overrides.insert(policy.overrides.end(), columns.overrides.begin(),
                          columns.overrides.end());
  PHIWIRE_ASSIGN_OR_RETURN(const std::string data_dir,
                           FindDataDir(options.data_dir));
  PHIWIRE_ASSIGN_OR_RETURN(auto pipeline, BuildPipeline(policy, options));
  PHIWIRE_ASSIGN_OR_RETURN(AnonymizerSet anonymizers,
                           AnonymizerSet::Build(policy, SlotOptions::Now(),
                                                data_dir, options.anonymizers));
  PHIWIRE_ASSIGN_OR_RETURN(ValueLists lists, ValueLists::Create(policy));
  PHIWIRE_ASSIGN_OR_RETURN(auto roster, ReadRoster(policy));
  PHIWIRE_ASSIGN_OR_RETURN(FormatReaders formats,
                           FormatReaders::Build(policy, columns));
  return RecordDeidentifier::Parts{
      of_user,          std::move(pipeline), std::move(anonymizers),
      std::move(lists), std::move(roster),   std::move(formats)};
}

}  // namespace

FormatGuess GuessFormat(std::string_view head, std::string_view name) {
  const DetectedFormat found = DetectFormat(head, name);
  return {found.format, found.sure, found.why};
}

Deidentifier::Deidentifier(std::unique_ptr<Impl> impl)
    : impl_(std::move(impl)) {}
Deidentifier::Deidentifier(Deidentifier&&) noexcept = default;
Deidentifier& Deidentifier::operator=(Deidentifier&&) noexcept = default;
Deidentifier::~Deidentifier() = default;

absl::StatusOr<Deidentifier> Deidentifier::Create(const Policy& policy,
                                                  const Options& options) {
  PHIWIRE_ASSIGN_OR_RETURN(auto parts, Assemble(policy, options));
  return Deidentifier(std::make_unique<Impl>(std::move(parts)));
}

const Policy& Deidentifier::policy() const { return impl_->records.policy(); }

absl::StatusOr<std::vector<Finding>> Deidentifier::Analyze(
    std::string_view text, const AnalyzeOptions& options) const {
  return impl_->records.AnalyzeText(text, options);
}

absl::StatusOr<Output> Deidentifier::Text(std::string_view text,
                                          const RecordOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(std::vector<Finding> findings,
                           impl_->records.AnalyzeText(text, {}));
  return impl_->records.Replace(text, std::move(findings), options);
}

absl::StatusOr<Output> Deidentifier::Anonymize(
    std::string_view text, std::vector<Finding> findings,
    const RecordOptions& options) const {
  Resolve(&findings);
  return impl_->records.Replace(text, std::move(findings), options);
}

}  // namespace phiwire
