// SPDX-License-Identifier: Apache-2.0

#include <string>
#include <utility>

#include "phiwire/anonymizer.h"

namespace phiwire {
namespace {

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

}  // namespace

void Session::AddValue(PhiType type, std::string_view surface) {
  values_.push_back(surface);
  if (type == PhiType::kName) names_.push_back(surface);
}

bool Session::Holds(std::string_view surface) {
  for (; indexed_ < values_.size(); ++indexed_) {
    ++held_[Lower(values_[indexed_])];
  }
  return held_.find(Lower(surface)) != held_.end();
}

std::size_t Session::Number(PhiType type, std::string_view identity) {
  const auto [it, added] =
      numbers_.try_emplace({type, std::string(identity)}, 0);
  if (added) it->second = ++last_number_[type];
  return it->second;
}

absl::Status Anonymizer::Finish(Session&) const { return absl::OkStatus(); }

absl::StatusOr<std::string> Anonymizer::Restore(const Target&, Session&) const {
  return absl::UnimplementedError("this anonymizer has no way back");
}

}  // namespace phiwire
