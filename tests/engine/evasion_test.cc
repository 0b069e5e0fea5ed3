// SPDX-License-Identifier: Apache-2.0

#include <gtest/gtest.h>

#include <string>

#include "engine/canonical.h"
#include "tests/evasion_cases.h"

namespace phiwire {
namespace {

TEST(Evasion, EverySurfaceComesOutPlain) {
  CanonicalText canonical;
  std::size_t changed = 0;
  for (const evasion::Transform& transform : evasion::Transforms()) {
    std::size_t changed_here = 0;
    for (const std::string_view surface : evasion::kSurfaces) {
      const std::string written = transform.apply(surface);
      if (written == surface) continue;
      ++changed_here;
      const std::string before = "Patient ";
      const std::string text = before + written + " was seen today.\n";
      ASSERT_TRUE(canonical.Assign(text).ok()) << transform.name;
      const std::size_t at = canonical.text().find(surface);
      EXPECT_NE(at, std::string_view::npos)
          << transform.name << ": <" << surface << "> gave <"
          << canonical.text() << ">";
      if (at == std::string_view::npos) continue;
      // The edit must take all of it, and nothing before or after.
      const auto [begin, end] = canonical.ToOriginal(at, at + surface.size());
      EXPECT_GE(begin, before.size()) << transform.name << " " << surface;
      EXPECT_EQ(end, before.size() + written.size())
          << transform.name << " " << surface;
    }
    EXPECT_GT(changed_here, 0u) << transform.name << " changes nothing";
    changed += changed_here;
  }
  EXPECT_GT(evasion::Transforms().size(), 70u);
  EXPECT_GT(changed, 300u);
}

TEST(Evasion, PlainSurfacesAreUntouched) {
  CanonicalText canonical;
  for (const std::string_view surface : evasion::kSurfaces) {
    ASSERT_TRUE(canonical.Assign(surface).ok());
    EXPECT_TRUE(canonical.identity());
    EXPECT_EQ(canonical.text().data(), surface.data());
  }
}

}  // namespace
}  // namespace phiwire
