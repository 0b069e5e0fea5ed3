// SPDX-License-Identifier: Apache-2.0

#include "base/base32.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace phiwire {
namespace {

std::string Encode(std::string_view text) {
  const std::vector<std::uint8_t> bytes(text.begin(), text.end());
  return Base32(bytes);
}

// RFC 4648 section 10, padding taken off.
TEST(Base32, MatchesRfc4648) {
  struct Row {
    std::string_view in, out;
  };
  for (const Row& row :
       {Row{"", ""}, Row{"f", "MY"}, Row{"fo", "MZXQ"}, Row{"foo", "MZXW6"},
        Row{"foob", "MZXW6YQ"}, Row{"fooba", "MZXW6YTB"},
        Row{"foobar", "MZXW6YTBOI"}}) {
    EXPECT_EQ(Encode(row.in), row.out);
  }
}

TEST(Base32, WritesHighBytes) {
  EXPECT_EQ(Encode("\xFF\xFF\xFF\xFF\xFF"), "77777777");
  EXPECT_EQ(Encode(std::string(32, '\xFF')).size(), 52u);
}

}  // namespace
}  // namespace phiwire
