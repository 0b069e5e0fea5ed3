// SPDX-License-Identifier: Apache-2.0
//
// One Deidentifier, many threads: the same findings as one after the other.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <thread>
#include <vector>

#include "phiwire/deidentifier.h"

namespace phiwire {
namespace {

std::vector<std::string> ExampleNotes() {
  std::vector<std::string> notes;
  for (const auto& entry : std::filesystem::directory_iterator(
           PHIWIRE_SOURCE_DIR "/examples/notes")) {
    std::ifstream file(entry.path(), std::ios::binary);
    std::ostringstream text;
    text << file.rdbuf();
    notes.push_back(text.str());
  }
  return notes;
}

std::string Text(const Deidentifier& deid, const std::string& note) {
  const auto out = deid.Text(note);
  return out.ok() ? out->text : std::string("refused");
}

TEST(Threads, GiveWhatOneGives) {
  const auto deid =
      Deidentifier::Create(Policy::SafeHarbor(), {PHIWIRE_TEST_DATA_DIR, ""});
  ASSERT_TRUE(deid.ok()) << deid.status();
  const std::vector<std::string> notes = ExampleNotes();
  ASSERT_GE(notes.size(), 6u);
  std::vector<std::string> alone;
  for (const std::string& note : notes) alone.push_back(Text(*deid, note));

  constexpr std::size_t kThreads = 4;
  std::vector<std::vector<std::string>> results(kThreads);
  std::vector<std::thread> threads;
  for (std::size_t t = 0; t < kThreads; ++t) {
    threads.emplace_back([&, t] {
      // Each in an order of its own, so that scratch meets other texts first.
      results[t].resize(notes.size());
      for (std::size_t k = 0; k < notes.size(); ++k) {
        const std::size_t n = (k * (t + 1) + t) % notes.size();
        results[t][n] = Text(*deid, notes[n]);
      }
      for (std::size_t n = 0; n < notes.size(); ++n) {
        if (results[t][n].empty()) results[t][n] = Text(*deid, notes[n]);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const auto& result : results) EXPECT_EQ(result, alone);
}

}  // namespace
}  // namespace phiwire
