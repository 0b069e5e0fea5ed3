// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical.h"

#include <optional>
#include <string>
#include <tuple>

#include "base/status_macros.h"
#include "base/strings.h"
#include "base/utf8.h"
#include "engine/canonical_escapes.h"
#include "engine/canonical_layout.h"
#include "engine/canonical_plain.h"

namespace phiwire {
namespace {

constexpr std::size_t kMaxBytes = std::size_t{1} << 31;  // offsets are 32-bit
// "&amp;amp;#48;" and the like; deeper nesting is left as it is.
constexpr int kMaxRounds = 4;

absl::Status Broken(std::string_view what, std::size_t at) {
  return absl::DataLossError(Concat({what, " at byte ", std::to_string(at)}));
}

}  // namespace

absl::Status CanonicalText::Assign(std::string_view input) {
  depth_ = 0;
  input_ = {};
  if (input.size() >= kMaxBytes) {
    return absl::OutOfRangeError("text of 2 GiB or more");
  }
  input_ = input;
  if (IsPlainText(input)) return absl::OkStatus();
  absl::Status status = Rewrite();
  if (!status.ok()) {
    depth_ = 0;
    input_ = {};
  }
  return status;
}

// Only valid until the next call: layers_ may move.
TextLayer* CanonicalText::NextLayer() {
  if (layers_.size() == depth_) layers_.emplace_back();
  TextLayer* layer = &layers_[depth_];
  layer->Start(text());
  return layer;
}

absl::Status CanonicalText::Rewrite() {
  bool fold = false;
  for (int round = 0; round < kMaxRounds; ++round) {
    TextLayer* layer = NextLayer();
    const EscapeScan scan = UndoEscapes(text(), layer);
    if (scan.nul_at != std::string_view::npos) {
      return Broken("NUL byte", scan.nul_at);
    }
    if (round == 0 && scan.non_ascii) {
      if (const auto at = FirstInvalidUtf8(input_)) {
        return Broken("invalid UTF-8", *at);
      }
      fold = true;
    }
    bool changed = layer->Finish();
    if (changed) ++depth_;
    if (fold || scan.decoded_non_ascii) {
      if (HasOverride(text())) {
        layer = NextLayer();
        UndoOverrides(text(), layer);
        if (layer->Finish()) ++depth_;
      }
      layer = NextLayer();
      FoldLookAlikes(text(), &cache_, layer);
      if (layer->Finish()) {
        ++depth_;
        changed = true;
      }
    }
    fold = false;
    if (!changed) break;
  }
  if (HasSpacedOut(text())) {
    TextLayer* layer = NextLayer();
    CloseSpacedOut(text(), layer);
    if (layer->Finish()) ++depth_;
  }
  return absl::OkStatus();
}

std::pair<std::size_t, std::size_t> CanonicalText::ToOriginal(
    std::size_t begin, std::size_t end) const {
  for (std::size_t i = depth_; i > 0; --i) {
    std::tie(begin, end) = layers_[i - 1].ToSource(begin, end);
  }
  while (begin > 0 && IsUtf8Continuation(input_[begin])) --begin;
  while (end < input_.size() && IsUtf8Continuation(input_[end])) ++end;
  return {begin, end};
}

}  // namespace phiwire
