// SPDX-License-Identifier: Apache-2.0

#include "engine/canonical_layer.h"

#include <algorithm>

namespace phiwire {

void TextLayer::Start(std::string_view source) {
  source_ = source;
  text_.clear();
  segments_.clear();
  done_ = 0;
  changed_ = false;
}

void TextLayer::CopyUpTo(std::size_t source_end) {
  if (source_end <= done_) return;
  segments_.push_back({static_cast<std::uint32_t>(text_.size()),
                       static_cast<std::uint32_t>(done_),
                       static_cast<std::uint32_t>(source_end), true});
  text_.append(source_.substr(done_, source_end - done_));
  done_ = source_end;
}

void TextLayer::Atom(std::string_view bytes, std::size_t begin,
                     std::size_t end) {
  if (!changed_) text_.reserve(source_.size());
  changed_ = true;
  CopyUpTo(begin);
  if (!bytes.empty()) {
    segments_.push_back({static_cast<std::uint32_t>(text_.size()),
                         static_cast<std::uint32_t>(begin),
                         static_cast<std::uint32_t>(end), false});
    text_.append(bytes);
  }
  done_ = end;
}

void TextLayer::ExtendAtom(std::size_t end) {
  const bool last_is_atom = !segments_.empty() && !segments_.back().verbatim;
  Atom({}, done_, end);
  if (last_is_atom) segments_.back().end = static_cast<std::uint32_t>(end);
}

bool TextLayer::Finish() {
  if (changed_) CopyUpTo(source_.size());
  source_ = {};
  return changed_;
}

const TextLayer::Segment& TextLayer::At(std::size_t target) const {
  const auto after = std::upper_bound(
      segments_.begin(), segments_.end(), target,
      [](std::size_t t, const Segment& s) { return t < s.target; });
  return *(after - 1);
}

std::pair<std::size_t, std::size_t> TextLayer::ToSource(std::size_t begin,
                                                        std::size_t end) const {
  const Segment& first = At(begin);
  const Segment& last = At(end - 1);
  return {first.verbatim ? first.begin + (begin - first.target) : first.begin,
          last.verbatim ? last.begin + (end - last.target) : last.end};
}

}  // namespace phiwire
