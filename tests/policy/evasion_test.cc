// SPDX-License-Identifier: Apache-2.0
//
// Identifiers written so that a reader sees them and a scanner does not, end
// to end. A cell is one identifier in one disguise, in a sentence whose other
// identifiers are plain; it passes when every letter and digit of it lies in a
// finding. docs/evasion.md is about what this measures.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <iostream>
#include <map>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "phiwire/deidentifier.h"
#include "tests/evasion_cases.h"
#include "tests/policy/safe_harbor_fixture.h"

namespace phiwire {
namespace {

using evasion::IsLower;
using evasion::IsUpper;
using evasion::Transform;

// In the order of kKinds.
using Values = std::array<std::string, 9>;
constexpr std::array<std::string_view, 9> kKinds = {
    "name", "surname first", "MRN",    "SSN",       "phone",
    "mail", "date of birth", "street", "IP address"};

std::uint64_t Seed() {
  const char* given = std::getenv("PHIWIRE_TEST_SEED");
  return given == nullptr ? std::random_device{}()
                          : std::strtoull(given, nullptr, 10);
}

class Maker {
 public:
  explicit Maker(std::uint64_t seed) : random_(seed) {}

  Values Make() {
    constexpr std::array<const char*, 12> kFirst = {
        "John",  "Maria",  "Robert", "Linda",  "Michael", "Susan",
        "David", "Angela", "Thomas", "Denise", "Carlos",  "Mary-Ann"};
    constexpr std::array<const char*, 12> kLast = {
        "Smith",  "Johnson",  "Okafor",  "O'Brien", "Garcia", "Miller",
        "Nguyen", "Kowalski", "Jackson", "Hansen",  "Patel",  "McDonald"};
    constexpr std::array<const char*, 8> kStreet = {
        "Ocean Ave",      "Maple Street", "Lincoln Road", "Hillcrest Drive",
        "Franklin Blvd.", "Mill Lane",    "Cedar Court",  "Washington St"};
    constexpr std::array<const char*, 4> kDomain = {
        "example.org", "mail.example.com", "st-anne.example", "clinic.org"};
    const std::string first = Pick(kFirst);
    const std::string last = Pick(kLast);
    return {first + " " + last,
            last + ", " + Pick(kFirst),
            Number(7),
            std::to_string(From(101, 665)) + "-" + Number(2, 10) + "-" +
                Number(4, 1000),
            std::string("(") + std::to_string(From(201, 979)) + ") " +
                std::to_string(From(200, 999)) + "-" + Number(4),
            Lower(first) + "." + Lower(last) + "@" + Pick(kDomain),
            Padded(From(1, 12), 2) + "/" + Padded(From(1, 28), 2) + "/" +
                std::to_string(From(1930, 2010)),
            std::to_string(From(11, 999)) + " " + Pick(kStreet),
            std::to_string(From(11, 223)) + "." + std::to_string(From(1, 254)) +
                "." + std::to_string(From(1, 254)) + "." +
                std::to_string(From(1, 254))};
  }

 private:
  int From(int low, int high) {
    return std::uniform_int_distribution<int>(low, high)(random_);
  }
  std::string Number(int digits, int low = 0) {
    int high = 1;
    for (int i = 0; i < digits; ++i) high *= 10;
    return Padded(From(low, high - 1), digits);
  }
  static std::string Padded(int value, int digits) {
    std::string n = std::to_string(value);
    n.insert(0, static_cast<std::size_t>(digits) - n.size(), '0');
    return n;
  }
  template <class List>
  std::string Pick(const List& list) {
    return list[static_cast<std::size_t>(
        From(0, static_cast<int>(list.size()) - 1))];
  }
  static std::string Lower(std::string_view s) {
    std::string out;
    for (char c : s) {
      if (IsUpper(c)) c = static_cast<char>(c | 0x20);
      if (IsLower(c)) out += c;
    }
    return out;
  }

  std::mt19937_64 random_;
};

constexpr std::array<std::string_view, kKinds.size() + 1> kCarrier = {
    "Patient: ",
    "\nPt name: ",
    "\nMRN: ",
    "\nSSN: ",
    "\nHome phone: ",
    "\nHe can be mailed at ",
    " after 5 pm. DOB: ",
    "\nHe lives at ",
    " with his wife and has had no "
    "falls. The portal was last opened from IP address ",
    " on the day of the visit. Chest was clear, no murmur.\n"};

struct Range {
  std::size_t begin = 0;
  std::size_t end = 0;
};

std::string Carry(const Values& values, std::size_t changed,
                  const std::string& written, Range* range) {
  std::string text;
  for (std::size_t k = 0; k < values.size(); ++k) {
    text += kCarrier[k];
    const std::size_t begin = text.size();
    text += k == changed ? written : values[k];
    if (k == changed) *range = {begin, text.size()};
  }
  return text + std::string(kCarrier.back());
}

// The part of `written` without punctuation at the edges of `value`: a bracket
// written as "&#40;" may stay.
Range Core(const Transform& transform, std::string_view value,
           std::string_view written) {
  Range core{0, written.size()};
  if (written.starts_with(evasion::kQuotedPrintableEvidence)) {
    core.begin = evasion::kQuotedPrintableEvidence.size();
  }
  if (value.front() == '(') {
    const std::string rest = transform.apply(value.substr(1));
    if (written.ends_with(rest)) core.begin = written.size() - rest.size();
  }
  if (value.back() == '.') {
    value.remove_suffix(1);
    const std::string rest = transform.apply(value);
    if (written.starts_with(rest)) core.end = rest.size();
  }
  return core;
}

bool Covered(std::string_view text, const Range& range,
             const std::vector<Finding>& findings) {
  for (std::size_t at = range.begin; at < range.end; ++at) {
    const char c = text[at];
    const bool matters = IsDigit(c) || IsUpper(c) || IsLower(c) ||
                         static_cast<unsigned char>(c) >= 0x80;
    if (!matters) continue;
    bool inside = false;
    for (const Finding& f : findings) {
      inside = inside || (f.begin <= at && at < f.end);
    }
    if (!inside) return false;
  }
  return true;
}

struct Score {
  int cells = 0;
  int passed = 0;
  std::map<std::string_view, int> missed;  // by kind
};

class EvasionEndToEnd : public SafeHarborTest {
 protected:
  // Every transform on `rounds` values of every kind.
  static Score Measure(const std::vector<Transform>& transforms, int rounds) {
    const std::uint64_t seed = Seed();
    std::cout << "seed " << seed << " (PHIWIRE_TEST_SEED)\n";
    Maker maker(seed);
    Score all;
    for (const Transform& transform : transforms) {
      Score row;
      for (int round = 0; round < rounds; ++round) {
        const Values values = maker.Make();
        for (std::size_t k = 0; k < values.size(); ++k) {
          Cell(transform, values, k, &row);
        }
      }
      Print(transform.name, row);
      all.cells += row.cells;
      all.passed += row.passed;
      for (const auto& [kind, n] : row.missed) all.missed[kind] += n;
    }
    Print("all", all);
    return all;
  }

  static void Cell(const Transform& transform, const Values& values,
                   std::size_t k, Score* row) {
    const std::string written = transform.apply(values[k]);
    const bool plain = std::string_view(transform.name) == "as it is";
    if (written == values[k] && !plain) return;
    Range range;
    const std::string text = Carry(values, k, written, &range);
    const Range core = Core(transform, values[k], written);
    range = {range.begin + core.begin, range.begin + core.end};
    const auto findings = deid_->Analyze(text);
    ASSERT_TRUE(findings.ok()) << transform.name << findings.status();
    ++row->cells;
    const bool covered = Covered(text, range, *findings);
    row->passed += covered;
    if (!covered) {
      ++row->missed[kKinds[k]];
      if (std::getenv("PHIWIRE_TEST_VERBOSE") != nullptr) {
        std::cout << "  missed: <" << written << ">\n";
      }
    }
  }

  static void Print(std::string_view name, const Score& score) {
    if (score.passed == score.cells && name != "all") return;
    std::cout << "| " << name << " | " << score.passed << " of " << score.cells
              << " |";
    for (const auto& [kind, n] : score.missed) {
      std::cout << " " << kind << " " << n;
    }
    std::cout << " |\n";
  }
};

TEST_F(EvasionEndToEnd, PlainIsFound) {
  const Score score = Measure(
      {{"as it is", [](std::string_view s) { return std::string(s); }}}, 40);
  EXPECT_GE(score.passed * 100, score.cells * 97);
}

TEST_F(EvasionEndToEnd, DisguisesAreUndone) {
  const Score score = Measure(evasion::Transforms(), 2);
  EXPECT_GE(score.cells, 7 * 35);
  EXPECT_GE(score.passed * 100, score.cells * 95);
}

// What these give is in docs/evasion.md; the bound is what must not get lost.
TEST_F(EvasionEndToEnd, HarderOnes) {
  const Score score = Measure(evasion::HardTransforms(), 10);
  EXPECT_GE(score.passed * 100, score.cells * 85);
}

}  // namespace
}  // namespace phiwire
