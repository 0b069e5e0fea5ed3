// SPDX-License-Identifier: Apache-2.0
//
// The byte formats, one factory each. The readers are immutable and
// thread-safe; docs/FORMAT.md says what each does with what it reads.
//
// `site` rules come before a format's own; a place that is none of the format
// is an error (kInvalidArgument, naming the place).

#ifndef PHIWIRE_FORMATS_FORMATS_H_
#define PHIWIRE_FORMATS_FORMATS_H_

#include <memory>
#include <span>

#include "absl/status/statusor.h"
#include "engine/format.h"
#include "phiwire/types.h"

namespace phiwire {

using NewReader = absl::StatusOr<std::unique_ptr<FormatReader>>;
using SiteRules = std::span<const SiteRule>;

std::unique_ptr<FormatReader> NewTextFormat();
std::unique_ptr<FormatReader> NewLogFormat();
std::unique_ptr<FormatReader> NewHtmlFormat();
std::unique_ptr<FormatReader> NewRtfFormat();
std::unique_ptr<FormatReader> NewMarkdownFormat();
std::unique_ptr<FormatReader> NewHl7v2Format();
NewReader NewHl7v2Format(SiteRules site);
NewReader NewX12Format(SiteRules site);
NewReader NewCcdaFormat(SiteRules site);
NewReader NewNdjsonFormat(SiteRules site);
NewReader NewFhirFormat(SiteRules site);

}  // namespace phiwire

#endif  // PHIWIRE_FORMATS_FORMATS_H_
