// SPDX-License-Identifier: Apache-2.0

#include "policy/spelling.h"

#include <string_view>

#include "gtest/gtest.h"

namespace phiwire {
namespace {

struct Row {
  Spelling spelling;
  std::string_view surface;
  std::string_view plain;     // what anonymizers see
  std::string_view replaced;  // what they make of it
  std::string_view out;
};

constexpr Row kRows[] = {
    {Spelling::kPlain, "A-1", "A-1", "T9", "T9"},
    {Spelling::kIsoDate, "1980-01-31", "19800131", "1980", "1980"},
    {Spelling::kIsoDate, "1980-01-31", "19800131", "19800207", "1980-02-07"},
    {Spelling::kIsoDate, "1980-01", "198001", "198002", "1980-02"},
    {Spelling::kIsoDate, "1980", "1980", "1980", "1980"},
    {Spelling::kIsoDate, "1920-01-31", "19200131", "", ""},
    {Spelling::kIsoDate, "1980-01-31T10:15:00Z", "19800131101500+0000",
     "19800207101500+0000", "1980-02-07T10:15:00Z"},
    {Spelling::kIsoDate, "1980-01-31T10:15:00.123456-05:00",
     "19800131101500.1234-0500", "19800207101500.1234-0500",
     "1980-02-07T10:15:00.123456-05:00"},
    {Spelling::kIsoDate, "1980-01-31T10:15:00Z", "19800131101500+0000", "1980",
     "1980"},
    {Spelling::kIsoDate, "1980-01-31 10:15", "198001311015", "198002071015",
     "1980-02-07 10:15"},
    {Spelling::kIsoInstant, "1980-01-31T10:15:00Z", "19800131101500+0000",
     "1980", "1980-01-01T00:00:00Z"},
    {Spelling::kIsoInstant, "1980-01-31T10:15:00Z", "19800131101500+0000",
     "198002", "1980-02-01T00:00:00Z"},
    // No date: anonymizers empty a date slot they can't read.
    {Spelling::kIsoDate, "last week", "last week", "", ""},
    {Spelling::kIsoDate, "1980-1-3", "1980-1-3", "", ""},
    {Spelling::kAnyDate, "01/31/1980", "19800131", "1980", "1980"},
    {Spelling::kAnyDate, "01/31/1980", "19800131", "19800207", "02/07/1980"},
    {Spelling::kAnyDate, "Jan 31, 1980", "19800131", "19800207", "Feb 7, 1980"},
    {Spelling::kAnyDate, "03/04/2020", "20200304", "20200311", "03/11/2020"},
    {Spelling::kDayFirstDate, "03/04/2020", "20200403", "20200410",
     "10/04/2020"},
    {Spelling::kAnyDate, "n/a", "n/a", "", ""},
    {Spelling::kResourceId, "pat-1", "pat-1", "K7Q2", "K7Q2"},
    {Spelling::kResourceId, "pat-1", "pat-1", "[ID]",
     "6a88fb0a-8e23-8582-ad72-d8c282e77020"},
};

TEST(Spelling, RowsGoThereAndBack) {
  for (const Row& row : kRows) {
    SCOPED_TRACE(row.surface);
    EXPECT_EQ(ToPlain(row.spelling, row.surface), row.plain);
    EXPECT_EQ(FromPlain(row.spelling, row.surface, row.replaced), row.out);
  }
}

TEST(Spelling, WhatIsKeptComesBackAsItWas) {
  for (const Row& row : kRows) {
    if (row.spelling == Spelling::kPlain) continue;
    SCOPED_TRACE(row.surface);
    EXPECT_EQ(FromPlain(row.spelling, row.surface, row.plain), row.surface);
  }
}

TEST(Spelling, AUuidBecomesAnotherByItsReplacementAlone) {
  constexpr std::string_view kA = "5c6db3d0-c0fc-4eb7-8eae-dbc7847be741";
  constexpr std::string_view kB = "00347da0-395c-40ed-ae52-96f1587480b5";
  const std::string a = FromPlain(Spelling::kResourceId, kA, "token1");
  EXPECT_EQ(a.size(), kA.size());
  EXPECT_NE(a, kA);
  EXPECT_EQ(a, FromPlain(Spelling::kResourceId, kB, "token1"));
  EXPECT_NE(a, FromPlain(Spelling::kResourceId, kA, "token2"));
}

}  // namespace
}  // namespace phiwire
