// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/replace.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "anonymizers/text.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "replace";
constexpr std::string_view kTypeMark = "{TYPE}";
constexpr std::size_t kMaxText = 256;

using Texts = std::array<std::string, kPhiTypeCount>;

class Replace : public Anonymizer {
 public:
  Replace(Texts texts, const SlotOptions& options)
      : texts_(std::move(texts)), options_(options) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (auto form = HarborForm(target, options_)) return *std::move(form);
    return texts_[static_cast<std::size_t>(target.type)];
  }

 private:
  const Texts texts_;
  const SlotOptions options_;
};

// The text with {TYPE} filled in.
absl::StatusOr<std::string> Fill(std::string_view text, PhiType type) {
  std::string out;
  while (!text.empty()) {
    if (text.starts_with(kTypeMark)) {
      out.append(TypeName(type));
      text.remove_prefix(kTypeMark.size());
      continue;
    }
    if (text[0] == '{' || text[0] == '}') {
      return ParamError(kName, "with", "only {TYPE} may stand in braces");
    }
    out += text[0];
    text.remove_prefix(1);
  }
  return out;
}

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewReplace(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kReplaceParams));
  const auto it = params.find("with");
  const std::string text = it == params.end() ? "[{TYPE}]" : it->second;
  if (text.empty()) {
    return ParamError(kName, "with", "must not be empty; use redact");
  }
  if (text.size() > kMaxText || !IsPrintable(text)) {
    return ParamError(
        kName, "with",
        "must be at most 256 bytes of UTF-8 without control characters");
  }
  Texts texts;
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    PHIWIRE_ASSIGN_OR_RETURN(texts[i], Fill(text, static_cast<PhiType>(i)));
  }
  return std::make_unique<Replace>(std::move(texts), context.slots);
}

}  // namespace phiwire
