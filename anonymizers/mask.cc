// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/mask.h"

#include <cstddef>
#include <string>
#include <utility>

#include "anonymizers/text.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "mask";
constexpr std::size_t kMaxKept = 64;

std::size_t CountHidden(std::string_view text) {
  std::size_t count = 0;
  while (!text.empty()) {
    const std::size_t size = CharacterSize(text);
    if (IsHidden(text.substr(0, size))) ++count;
    text.remove_prefix(size);
  }
  return count;
}

class Mask : public Anonymizer {
 public:
  Mask(std::string character, std::size_t keep_last, const SlotOptions& options)
      : character_(std::move(character)),
        keep_last_(keep_last),
        options_(options) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.grammar == SlotGrammar::kIdentifier) {
      return Hide(target.surface, /*slot=*/true);
    }
    if (auto form = HarborForm(target, options_)) return *std::move(form);
    return Hide(target.surface, /*slot=*/false);
  }

 private:
  std::string Hide(std::string_view text, bool slot) const {
    std::size_t left = CountHidden(text);
    const std::size_t kept = keep_last_ * 2 > left ? 0 : keep_last_;
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
      const std::string_view c = text.substr(0, CharacterSize(text));
      text.remove_prefix(c.size());
      if (!IsHidden(c) || left-- <= kept) {
        out.append(c);
      } else if (slot) {
        out += c[0] >= '0' && c[0] <= '9' ? '0' : 'X';
      } else {
        out.append(character_);
      }
    }
    return out;
  }

  const std::string character_;
  const std::size_t keep_last_;
  const SlotOptions options_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewMask(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kMaskParams));
  const auto it = params.find("char");
  const std::string character = it == params.end() ? "*" : it->second;
  if (character.empty() || CharacterSize(character) != character.size() ||
      !IsPrintable(character) || character == " ") {
    return ParamError(kName, "char", "must be one visible character");
  }
  PHIWIRE_ASSIGN_OR_RETURN(
      const std::size_t keep_last,
      NumberParam(kName, params, "keep_last", 0, kMaxKept, 0));
  return std::make_unique<Mask>(character, keep_last, context.slots);
}

}  // namespace phiwire
