// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as text to canonicalise: refused, or every canonical range leads
// back to a range inside the input, on character borders, that grows with it.

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "engine/canonical.h"

namespace {

bool OnBorder(std::string_view text, std::size_t at) {
  return at == text.size() ||
         (static_cast<unsigned char>(text[at]) & 0xC0) != 0x80;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data,
                                      std::size_t size) {
  const std::string_view input(reinterpret_cast<const char*>(data), size);
  phiwire::CanonicalText canonical;
  if (!canonical.Assign(input).ok()) return 0;
  const std::size_t length = canonical.text().size();
  std::size_t last = 0;
  for (std::size_t i = 0; i < length; ++i) {
    if (!OnBorder(canonical.text(), i)) continue;
    std::size_t next = i + 1;
    while (!OnBorder(canonical.text(), next)) ++next;
    const auto [begin, end] = canonical.ToOriginal(i, next);
    const auto whole = canonical.ToOriginal(0, next);
    if (begin >= end || end > size || !OnBorder(input, begin) ||
        !OnBorder(input, end) || begin < last || whole.second < end) {
      std::abort();
    }
    last = begin;
  }
  return 0;
}
