// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fpe.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/check_digits.h"
#include "base/ff1.h"
#include "base/status_macros.h"

namespace phiwire {
namespace {

constexpr std::string_view kName = "fpe";
// In the order of classes: the first 10, 36 and 62 are their alphabets.
constexpr std::string_view kAlphabet =
    "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
constexpr std::array<unsigned, 3> kRadix = {10, 36, 62};
// One in ten values of a check digit is right (one in fifty for an NPI), at
// worst one in ten has the class: 20,000 steps fail with probability e^-40.
constexpr int kMostSteps = 20'000;

using Check = bool (*)(std::string_view);

struct NamedCheck {
  std::string_view name;
  Check check;
};
constexpr std::array<NamedCheck, 5> kChecks = {{{"none", nullptr},
                                                {"luhn", &IsLuhn},
                                                {"npi", &IsNpi},
                                                {"aba", &IsAba},
                                                {"nhs", &IsNhs}}};

// The letters and digits of a value as numerals, and which alphabet they need.
struct Parsed {
  std::vector<std::uint8_t> numerals;
  std::size_t klass = 0;  // index of kRadix
};

std::size_t ClassOf(const std::vector<std::uint8_t>& numerals) {
  std::size_t klass = 0;
  for (const std::uint8_t numeral : numerals) {
    klass = std::max<std::size_t>(klass, numeral < 10   ? 0
                                         : numeral < 36 ? 1
                                                        : 2);
  }
  return klass;
}

absl::StatusOr<Parsed> Parse(std::string_view text) {
  Parsed parsed;
  for (const char c : text) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      return absl::FailedPreconditionError(
          "fpe: letters beyond ASCII have no alphabet");
    }
    const std::size_t at = kAlphabet.find(c);
    if (at == std::string_view::npos) continue;
    parsed.numerals.push_back(static_cast<std::uint8_t>(at));
  }
  parsed.klass = ClassOf(parsed.numerals);
  return parsed;
}

std::string Written(std::string_view like,
                    const std::vector<std::uint8_t>& numerals) {
  std::string out(like);
  std::size_t next = 0;
  for (char& c : out) {
    if (kAlphabet.find(c) == std::string_view::npos) continue;
    c = kAlphabet[numerals[next++]];
  }
  return out;
}

class Fpe : public Anonymizer {
 public:
  // One cipher a type would be the same key material: the type is the tweak.
  Fpe(std::vector<Ff1> ciphers, Check check, const SlotOptions& options)
      : ciphers_(std::move(ciphers)), check_(check), options_(options) {}

  std::string_view name() const override { return kName; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    if (target.surface.empty()) return std::string();
    if (target.grammar != SlotGrammar::kIdentifier) {
      if (auto form = HarborForm(target, options_)) return *std::move(form);
    }
    return Walk(target, /*encrypt=*/true);
  }

  absl::StatusOr<std::string> Restore(const Target& target,
                                      Session&) const override {
    return Walk(target, /*encrypt=*/false);
  }

 private:
  // Cycle walking (SP 800-38G, appendix B of revision 1): the permutation of
  // all strings, restricted to those of one class and one state of the check.
  absl::StatusOr<std::string> Walk(const Target& target, bool encrypt) const {
    PHIWIRE_ASSIGN_OR_RETURN(Parsed parsed, Parse(target.surface));
    const Ff1& cipher = ciphers_[parsed.klass];
    const std::string_view tweak = TypeName(target.type);
    const bool checked = check_ != nullptr && check_(target.surface);
    for (int step = 0; step < kMostSteps; ++step) {
      const absl::Status status = encrypt
                                      ? cipher.Encrypt(tweak, parsed.numerals)
                                      : cipher.Decrypt(tweak, parsed.numerals);
      if (absl::IsOutOfRange(status)) {
        return absl::FailedPreconditionError(status.message());
      }
      PHIWIRE_RETURN_IF_ERROR(status);
      if (ClassOf(parsed.numerals) != parsed.klass) continue;
      std::string out = Written(target.surface, parsed.numerals);
      if (check_ == nullptr || check_(out) == checked) return out;
    }
    return absl::InternalError("fpe: the cycle has no end");
  }

  const std::vector<Ff1> ciphers_;  // by class
  const Check check_;
  const SlotOptions options_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<Anonymizer>> NewFpe(
    const AnonymizerParams& params, const AnonymizerContext& context) {
  PHIWIRE_RETURN_IF_ERROR(AllowParams(kName, params, kFpeParams));
  const auto it = params.find("check");
  const std::string wanted = it == params.end() ? "none" : it->second;
  const auto* const named =
      std::find_if(kChecks.begin(), kChecks.end(),
                   [&](const NamedCheck& c) { return c.name == wanted; });
  if (named == kChecks.end()) {
    return ParamError(kName, "check", "must be none, luhn, npi, aba or nhs");
  }
  if (context.keys == nullptr) {
    return absl::InvalidArgumentError("anonymizer fpe: no key is given");
  }
  std::vector<Ff1> ciphers;
  for (const unsigned radix : kRadix) {
    PHIWIRE_ASSIGN_OR_RETURN(
        const SecretKey key,
        context.keys->Derive(kName, std::to_string(radix)));
    PHIWIRE_ASSIGN_OR_RETURN(Ff1 cipher, Ff1::Create(key.bytes(), radix));
    ciphers.push_back(std::move(cipher));
  }
  return std::make_unique<Fpe>(std::move(ciphers), named->check, context.slots);
}

}  // namespace phiwire
