// SPDX-License-Identifier: Apache-2.0

#include "policy/user_anonymizer.h"

#include <algorithm>
#include <cstddef>

#include "base/strings.h"
#include "base/utf8.h"

namespace phiwire {
namespace {

// A message that has a run of so many letters and digits of a value quotes it.
constexpr std::size_t kQuotedRun = 3;

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

bool IsWordByte(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
         static_cast<unsigned char>(c) >= 0x80;
}

// Both in lower case.
bool Quotes(std::string_view message, std::string_view value) {
  if (value.empty()) return false;
  if (message.find(value) != std::string_view::npos) return true;
  for (std::size_t at = 0; at < value.size();) {
    const auto from = value.begin() + static_cast<std::ptrdiff_t>(at);
    const auto length = static_cast<std::size_t>(
        std::find_if_not(from, value.end(), IsWordByte) - from);
    if (length >= kQuotedRun &&
        message.find(value.substr(at, length)) != std::string_view::npos) {
      return true;
    }
    at += length + 1;
  }
  return false;
}

bool Quotes(std::string_view message, const Target& target,
            const Session& session) {
  const std::string low = Lower(message);
  const auto quotes = [&](std::string_view value) {
    return Quotes(low, Lower(value));
  };
  if (quotes(target.surface) || quotes(target.raw)) return true;
  if (quotes(session.subject())) return true;
  return target.person != nullptr &&
         (quotes(target.person->family) || quotes(target.person->given) ||
          quotes(target.person->middle));
}

}  // namespace

absl::Status UserAnonymizer::Error(absl::StatusCode code,
                                   std::string_view what) const {
  return absl::Status(
      code, ToAbsl(Concat({"anonymizer user:", registered_, ": ", what})));
}

absl::StatusOr<std::string> UserAnonymizer::Checked(
    absl::StatusOr<std::string> out, const Target& target,
    const Session& session) const {
  if (out.ok()) {
    if (IsValidUtf8(*out)) return out;
    return Error(absl::StatusCode::kInternal, "its output is not UTF-8");
  }
  const std::string_view message = ToStd(out.status().message());
  return Error(out.status().code(),
               Quotes(message, target, session)
                   ? "an error whose message is withheld: it quotes the value"
                   : message);
}

absl::StatusOr<std::string> UserAnonymizer::Apply(const Target& target,
                                                  Session& session) const {
  try {
    return Checked(own_->Apply(target, session), target, session);
  } catch (...) {
    return Error(absl::StatusCode::kInternal, "it threw an exception");
  }
}

absl::StatusOr<std::string> UserAnonymizer::Restore(const Target& target,
                                                    Session& session) const {
  try {
    return Checked(own_->Restore(target, session), target, session);
  } catch (...) {
    return Error(absl::StatusCode::kInternal, "it threw an exception");
  }
}

// The record's values are not at hand to compare with: only the code goes on.
absl::Status UserAnonymizer::Finish(Session& session) const {
  try {
    absl::Status status = own_->Finish(session);
    if (status.ok()) return status;
    return Error(status.code(), "the record could not be finished");
  } catch (...) {
    return Error(absl::StatusCode::kInternal, "it threw an exception");
  }
}

}  // namespace phiwire
