// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/replace.h"

#include <array>
#include <cstddef>
#include <string>
#include <utility>

#include "anonymizers/identity.h"
#include "anonymizers/text.h"
#include "anonymizers/token.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "replace";
constexpr std::string_view kTypeMark = "{TYPE}";
constexpr std::string_view kNumberMark = "{N}";
constexpr std::size_t kMaxText = 256;

using Texts = std::array<std::string, kPhiTypeCount>;

class Replace : public Anonymizer {
 public:
  Replace(Texts texts, std::unique_ptr<Anonymizer> tokens,
          const SlotOptions& options)
      : texts_(std::move(texts)),
        tokens_(std::move(tokens)),
        options_(options),
        numbered_(texts_.front().find(kNumberMark) != std::string::npos) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override {
    if (tokens_ != nullptr && target.grammar == SlotGrammar::kIdentifier) {
      return tokens_->Apply(target, session);
    }
    if (auto form = HarborForm(target, options_)) return *std::move(form);
    const std::string& pattern = texts_[static_cast<std::size_t>(target.type)];
    if (!numbered_) return pattern;
    std::string text = pattern;
    std::size_t at = text.find(kNumberMark);
    const std::string number = std::to_string(
        session.Number(target.type, ValueIdentity(target, session)));
    for (; at != std::string::npos; at = text.find(kNumberMark, at)) {
      text.replace(at, kNumberMark.size(), number);
    }
    return text;
  }

  absl::Status Finish(Session& session) const override {
    return tokens_ == nullptr ? absl::OkStatus() : tokens_->Finish(session);
  }

 private:
  const Texts texts_;
  const std::unique_ptr<Anonymizer> tokens_;  // null: Safe Harbor forms
  const SlotOptions options_;
  const bool numbered_;  // the texts hold {N}
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
    if (text.starts_with(kNumberMark)) {
      out.append(kNumberMark);
      text.remove_prefix(kNumberMark.size());
      continue;
    }
    if (text[0] == '{' || text[0] == '}') {
      return ParamError(kName, "with",
                        "only {TYPE} and {N} may stand in braces");
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
  PHIWIRE_ASSIGN_OR_RETURN(const bool numbered,
                           BoolParam(kName, params, "numbered", false));
  const std::string text = it != params.end() ? it->second
                           : numbered         ? "[{TYPE}_{N}]"
                                              : "[{TYPE}]";
  if (text.empty()) {
    return ParamError(kName, "with", "must not be empty; use redact");
  }
  if (text.size() > kMaxText || !IsPrintable(text)) {
    return ParamError(
        kName, "with",
        "must be at most 256 bytes of UTF-8 without control characters");
  }
  if (numbered && text.find(kNumberMark) == std::string::npos) {
    return ParamError(kName, "with", "numbered, so it must hold {N}");
  }
  Texts texts;
  for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
    PHIWIRE_ASSIGN_OR_RETURN(texts[i], Fill(text, static_cast<PhiType>(i)));
  }
  std::unique_ptr<Anonymizer> tokens;
  const auto ids = params.find("ids");
  if (ids != params.end() && ids->second == "token") {
    PHIWIRE_ASSIGN_OR_RETURN(tokens, NewToken({}, context));
  } else if (ids != params.end() && ids->second != "zeros") {
    return ParamError(kName, "ids", "must be token or zeros");
  }
  return std::make_unique<Replace>(std::move(texts), std::move(tokens),
                                   context.slots);
}

}  // namespace phiwire
