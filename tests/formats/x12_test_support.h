// SPDX-License-Identifier: Apache-2.0
//
// Interchanges for the X12 tests: the written ones in tests/formats/x12/samples
// and made ones of any delimiters.

#ifndef PHIWIRE_TESTS_FORMATS_X12_TEST_SUPPORT_H_
#define PHIWIRE_TESTS_FORMATS_X12_TEST_SUPPORT_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "formats/formats.h"
#include "formats/x12/delimiters.h"

namespace phiwire::x12_test {

struct Sample {
  std::string name;
  std::string bytes;
};

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return std::string(std::istreambuf_iterator<char>(in), {});
}

inline std::vector<Sample> ReadSamples() {
  std::vector<Sample> out;
  for (const auto& entry : std::filesystem::directory_iterator(
           PHIWIRE_SOURCE_DIR "/tests/formats/x12/samples")) {
    if (entry.path().extension() != ".x12") continue;
    out.push_back({entry.path().stem().string(), ReadFile(entry.path())});
  }
  std::sort(out.begin(), out.end(),
            [](const Sample& a, const Sample& b) { return a.name < b.name; });
  return out;
}

// The file's own reader; null when the file is refused.
inline std::unique_ptr<const FormatReader> Open(std::string_view file) {
  auto opened = (*NewX12Format({}))->Open(file, /*whole=*/true);
  return opened.ok() ? std::move(*opened) : nullptr;
}

inline std::vector<RecordRange> Records(const FormatReader& reader,
                                        std::string_view file) {
  auto records = reader.Split(file);
  EXPECT_TRUE(records.ok());
  return *std::move(records);
}

// Makes interchanges with random delimiters, patients and line ends.
class Generator {
 public:
  explicit Generator(unsigned seed) : random_(seed) {}

  std::string Interchange() {
    Delimiters();
    const std::string number = Digits(9);
    std::string out = Isa(number);
    out += Segment(
        {"GS", "HC", "SEND", "RECV", Date(), "0930", "7", "X", "005010X222A1"});
    const std::size_t sets = 1 + random_() % 3;
    for (std::size_t i = 0; i < sets; ++i) out += TransactionSet(i + 1);
    out += Segment({"GE", std::to_string(sets), "7"});
    out += Segment({"IEA", "1", number});
    return out;
  }

  std::mt19937& random() { return random_; }

 private:
  void Delimiters() {
    static constexpr std::string_view kSets[] = {
        "*:^~", "|>!\n", "*<^\r", "+:^'", "\x1D\x1F\x1C\x1E", "*:U~"};
    delimiters_ = kSets[random_() % std::size(kSets)];
    line_end_ = delimiters_[3] < 0x20 ? "" : random_() % 2 == 0 ? "\r\n" : "\n";
    if (random_() % 4 == 0) line_end_.clear();
  }

  std::string Segment(const std::vector<std::string>& elements) {
    std::string out;
    for (const std::string& element : elements) {
      if (!out.empty()) out += delimiters_[0];
      out += element;
    }
    // Trailing empty elements are not sent.
    while (out.back() == delimiters_[0]) out.pop_back();
    ++segments_;
    return out + delimiters_[3] + line_end_;
  }

  std::string Isa(const std::string& number) {
    const std::string separator(1, delimiters_[0]);
    std::string out = "ISA";
    for (const std::string& value :
         {std::string("00"), std::string(10, ' '), std::string("00"),
          std::string(10, ' '), std::string("ZZ"),
          std::string("SENDERID       "), std::string("ZZ"),
          std::string("RECEIVERID     "), std::string("240215"),
          std::string("0930"), std::string(1, delimiters_[2]),
          std::string("00501"), number, std::string("0"), std::string("P"),
          std::string(1, delimiters_[1])}) {
      out += separator + value;
    }
    return out + delimiters_[3] + line_end_;
  }

  std::string TransactionSet(std::size_t number) {
    segments_ = 0;
    const std::string control = "00" + std::to_string(10 + number);
    std::string out = Segment({"ST", "837", control, "005010X222A1"});
    out += Segment({"BHT", "0019", "00", Word(8), Date(), "0930", "CH"});
    const std::size_t patients = 1 + random_() % 4;
    for (std::size_t i = 0; i < patients; ++i) out += Patient(i + 1);
    return out + Segment({"SE", std::to_string(segments_ + 1), control});
  }

  std::string Patient(std::size_t number) {
    const std::string c(1, delimiters_[1]);
    const std::string family = Word(7);
    const std::string given = Word(5);
    std::string out = Segment({"HL", std::to_string(number), "", "22", "0"});
    out += Segment({"SBR", "P", "18", Digits(6), "", "", "", "", "", "CI"});
    out += Segment({"NM1", "IL", "1", family, given, Word(1), "", "", "MI",
                    "M" + Digits(8)});
    out += Segment({"N3", Digits(3) + " " + Word(6) + " ST"});
    out += Segment({"N4", Word(8), "OH", Digits(5)});
    out += Segment({"DMG", "D8", Date(), "F"});
    out += Segment({"CLM", Digits(8), "100.5", "", "", "11" + c + "B" + c + "1",
                    "Y", "A", "Y", "I"});
    if (random_() % 2 == 0) out += Segment({"REF", "EA", "MR" + Digits(6)});
    out += Segment({"NTE", "ADD", given + " " + family + " CALLED ON MONDAY"});
    out += Segment({"HI", "ABK" + c + "S52501A"});
    out += Segment({"DTP", "472", "RD8", Date() + "-" + Date()});
    out += Segment({"SV1", "HC" + c + "99213", "40", "UN", "1"});
    return out;
  }

  std::string Digits(std::size_t size) {
    std::string out;
    while (out.size() < size) {
      out += static_cast<char>('1' + random_() % 9);
    }
    return out;
  }
  std::string Word(std::size_t size) {
    std::string out;
    while (out.size() < size) {
      out += static_cast<char>('A' + random_() % 26);
    }
    return out;
  }
  std::string Date() {
    return std::to_string(1940 + random_() % 80) + "0" +
           std::to_string(1 + random_() % 9) + "1" +
           std::to_string(random_() % 10);
  }

  std::mt19937 random_;
  std::string delimiters_;  // element, component, repetition, terminator
  std::string line_end_;
  std::size_t segments_ = 0;
};

}  // namespace phiwire::x12_test

#endif  // PHIWIRE_TESTS_FORMATS_X12_TEST_SUPPORT_H_
