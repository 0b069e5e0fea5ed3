// SPDX-License-Identifier: Apache-2.0
//
// date_shift and generalize as anonymizers: settings, sessions, slots.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <fstream>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "anonymizers/date_form.h"
#include "anonymizers/date_shift.h"
#include "anonymizers/generalize.h"

namespace phiwire {
namespace {

using enum SlotGrammar;
using testing::HasSubstr;

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

KeyRing Ring(std::uint8_t byte, std::string_view tenant = {}) {
  return *KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, byte)),
                          tenant);
}

std::unique_ptr<Anonymizer> Shift(const KeyRing& keys,
                                  const AnonymizerParams& params = {}) {
  AnonymizerContext context;
  context.slots = {2024};
  context.keys = &keys;
  auto made = NewDateShift(params, context);
  EXPECT_TRUE(made.ok()) << Message(made.status());
  return made.ok() ? *std::move(made) : nullptr;
}

std::string Apply(const Anonymizer& anonymizer, std::string_view text,
                  std::string_view subject, SlotGrammar grammar = kFreeText) {
  Session session(subject);
  const auto out = anonymizer.Apply({PhiType::kDate, grammar, text}, session);
  EXPECT_TRUE(out.ok()) << Message(out.status());
  return out.ok() ? *out : "";
}

std::int64_t Offset(const Anonymizer& anonymizer, std::string_view subject) {
  const std::string out = Apply(anonymizer, "2000-06-15", subject);
  const auto written = ReadDate(out, DateOrder::kMonthFirst);
  EXPECT_TRUE(written) << out;
  if (!written) return 0;
  return DaysFromCivil(written->values.first.date) -
         DaysFromCivil({2000, 6, 15});
}

TEST(DateShift, MovesOnePatientBySameDaysEverywhere) {
  const KeyRing keys = Ring(7);
  const auto a = Shift(keys);
  const auto b = Shift(keys);  // another document's
  const std::int64_t days = Offset(*a, "MRN-4711");
  EXPECT_NE(days, 0);
  EXPECT_EQ(Offset(*b, "MRN-4711"), days);
  EXPECT_EQ(Offset(*b, "  mrn-4711"), days);
  const std::string slot = Apply(*b, "20000615", "MRN-4711", kHl7Date);
  EXPECT_EQ(slot, Apply(*a, "20000615", "MRN-4711"));
  std::string dashed = slot;
  dashed.insert(6, "-").insert(4, "-");
  EXPECT_EQ(dashed, Apply(*a, "2000-06-15", "MRN-4711"));
}

TEST(DateShift, OffsetsHangOnPatientKeyAndTenant) {
  const KeyRing keys = Ring(7);
  const KeyRing other_key = Ring(8);
  const KeyRing other_tenant = Ring(7, "clinic-2");
  const auto shift = Shift(keys);
  const auto by_key = Shift(other_key);
  const auto by_tenant = Shift(other_tenant);
  std::set<std::int64_t> offsets;
  int same_key = 0;
  int same_tenant = 0;
  for (int i = 0; i < 2000; ++i) {
    const std::string subject = "P" + std::to_string(i);
    const std::int64_t days = Offset(*shift, subject);
    ASSERT_NE(days, 0);
    ASSERT_LE(std::abs(days), 365);
    offsets.insert(days);
    same_key += days == Offset(*by_key, subject) ? 1 : 0;
    same_tenant += days == Offset(*by_tenant, subject) ? 1 : 0;
  }
  // 2000 draws of 676 values: 641 differ on average, 13 is a deviation.
  EXPECT_GT(offsets.size(), 600U);
  EXPECT_LT(same_key, 20);
  EXPECT_LT(same_tenant, 20);
}

TEST(DateShift, FollowsTheSubjectOfTheField) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys);
  Session session("A");
  const Target target{PhiType::kDate, kFreeText, "2000-06-15"};
  const std::string a = *shift->Apply(target, session);
  session.set_subject("B");
  const std::string b = *shift->Apply(target, session);
  session.set_subject("A");
  EXPECT_EQ(*shift->Apply(target, session), a);
  EXPECT_EQ(a, Apply(*shift, "2000-06-15", "A"));
  EXPECT_EQ(b, Apply(*shift, "2000-06-15", "B"));
  EXPECT_NE(a, b);
}

TEST(DateShift, ComesBackWithTheKey) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys);
  for (std::string_view text :
       {"03/04/2021", "2021-03-14T08:30:00Z", "March 14, 2021", "3/4",
        "April 2019", "20210314", "the 14th", "2020",
        "Monday, March 4, 2024"}) {
    for (std::string_view subject : {"A", "B", "C", "4711"}) {
      Session session(subject);
      const std::string out = Apply(*shift, text, subject);
      const auto back =
          shift->Restore({PhiType::kDate, kFreeText, out}, session);
      ASSERT_TRUE(back.ok());
      EXPECT_EQ(*back, text);
    }
  }
}

TEST(DateShift, RestoresNothingThatItDidNotWrite) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys, {{"without_subject", "remove"}});
  Session session("A");
  for (std::string_view text : {"[DATE]", "John Doe", "12/31/9999"}) {
    EXPECT_EQ(shift->Restore({PhiType::kDate, kFreeText, text}, session)
                  .status()
                  .code(),
              absl::StatusCode::kInvalidArgument);
  }
  // An emptied slot stays empty.
  EXPECT_EQ(*shift->Restore({PhiType::kDate, kHl7Date, ""}, session), "");
  Session nobody;
  EXPECT_EQ(shift->Restore({PhiType::kDate, kFreeText, "03/04/2021"}, nobody)
                .status()
                .code(),
            absl::StatusCode::kFailedPrecondition);
}

TEST(DateShift, WholeWeeksKeepWeekdays) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys, {{"whole_weeks", "true"}, {"days", "70"}});
  for (int i = 0; i < 200; ++i) {
    const std::int64_t days = Offset(*shift, "P" + std::to_string(i));
    ASSERT_EQ(days % 7, 0);
    ASSERT_NE(days, 0);
    ASSERT_LE(std::abs(days), 70);
  }
  EXPECT_THAT(Apply(*shift, "Monday, March 4, 2024", "A"),
              testing::StartsWith("Monday, "));
}

TEST(DateShift, OrderSaysWhichNumberIsTheMonth) {
  const KeyRing keys = Ring(7);
  const auto us = Shift(keys);
  const auto eu = Shift(keys, {{"order", "day_first"}});
  const std::string iso = Apply(*us, "2021-03-04", "A");
  const std::string month = iso.substr(5, 2);
  const std::string day = iso.substr(8, 2);
  const std::string year = iso.substr(0, 4);
  EXPECT_EQ(Apply(*us, "03/04/2021", "A"), month + "/" + day + "/" + year);
  EXPECT_EQ(Apply(*eu, "04/03/2021", "A"), day + "/" + month + "/" + year);
}

TEST(DateShift, WithoutPatientRefusesOrRemoves) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys);
  Session session;
  const auto out =
      shift->Apply({PhiType::kDate, kFreeText, "03/04/2021"}, session);
  EXPECT_EQ(out.status().code(), absl::StatusCode::kFailedPrecondition);
  EXPECT_THAT(Message(out.status()), testing::Not(HasSubstr("2021")));
  const auto remove = Shift(keys, {{"without_subject", "remove"}});
  EXPECT_EQ(Apply(*remove, "03/04/2021", ""), "[DATE]");
  EXPECT_EQ(Apply(*remove, "20210304", "", kHl7Date), "");
}

TEST(DateShift, LetsNothingThroughThatItDoesNotRead) {
  const KeyRing keys = Ring(7);
  const auto shift = Shift(keys);
  EXPECT_EQ(Apply(*shift, "Ramadan", "A"), "[DATE]");
  EXPECT_EQ(Apply(*shift, "12/31/9999", "A"), "[DATE]");
  EXPECT_EQ(Apply(*shift, "99991231", "A", kHl7Date), "");
  EXPECT_EQ(Apply(*shift, "03/04/2021", "A", kHl7Date), "");
  EXPECT_EQ(Apply(*shift, "20210304", "A", kIdentifier), "0000000000");
  EXPECT_EQ(Apply(*shift, "20210304", "A", kEmpty), "");
  EXPECT_EQ(Apply(*shift, "", "A"), "");
  Session session("A");
  EXPECT_EQ(*shift->Apply({PhiType::kAge, kFreeText, "12"}, session), "[AGE]");
}

AnonymizerParams Settings(std::string_view cell) {
  AnonymizerParams params;
  const std::size_t equals = cell.find('=');
  if (equals != std::string_view::npos) {
    params[std::string(cell.substr(0, equals))] = cell.substr(equals + 1);
  }
  return params;
}

PhiType TypeOf(std::string_view name) {
  std::size_t type = 0;
  while (type + 1 < kPhiTypeCount &&
         TypeName(static_cast<PhiType>(type)) != name) {
    ++type;
  }
  return static_cast<PhiType>(type);
}

SlotGrammar GrammarOf(const std::string& name) {
  const std::map<std::string, SlotGrammar> grammars = {
      {"text", kFreeText}, {"hl7", kHl7Date}, {"id", kIdentifier},
      {"zip", kZip},       {"name", kName},   {"empty", kEmpty}};
  return grammars.at(name);
}

TEST(Generalize, LeavesWhatTheTableSays) {
  std::ifstream table(PHIWIRE_SOURCE_DIR
                      "/tests/anonymizers/cases/generalize.tsv");
  ASSERT_TRUE(table.is_open());
  std::size_t rows = 0;
  for (std::string line; std::getline(table, line);) {
    if (line.empty() || line[0] == '#') continue;
    std::vector<std::string> cells(1);
    for (std::size_t i = 0; i < line.size(); ++i) {
      if (line[i] == '\t') {
        cells.emplace_back();
      } else if (line.compare(i, 2, "\\n") == 0) {
        cells.back() += '\n';
        ++i;
      } else {
        cells.back() += line[i];
      }
    }
    ASSERT_EQ(cells.size(), 5U) << line;
    ++rows;
    AnonymizerContext context;
    context.slots = {2024};
    const auto made = NewGeneralize(Settings(cells[2]), context);
    ASSERT_TRUE(made.ok()) << Message(made.status());
    Session session;
    Target target{TypeOf(cells[0]), GrammarOf(cells[1]), cells[3]};
    const auto out = (*made)->Apply(target, session);
    ASSERT_TRUE(out.ok()) << line;
    EXPECT_EQ(*out, cells[4] == "-" ? "" : cells[4]) << line;
    // What went through once comes out of a second pass unchanged.
    target.surface = *out;
    EXPECT_EQ(*(*made)->Apply(target, session), *out) << line;
  }
  EXPECT_GT(rows, 120U);
}

struct BadSetting {
  bool shift;
  AnonymizerParams params;
  std::string_view message;
};

TEST(DateShift, RefusesBadSettings) {
  const KeyRing keys = Ring(7);
  AnonymizerContext context;
  context.keys = &keys;
  const std::vector<BadSetting> rows = {
      {true,
       {{"days", "0"}},
       "date_shift: days: must be a whole number from 1"},
      {true, {{"days", "3651"}}, "date_shift: days: must be a whole number"},
      {true, {{"days", "x"}}, "date_shift: days: must be a whole number"},
      {true, {{"whole_weeks", "maybe"}}, "must be false or true"},
      {true, {{"whole_weeks", "true"}, {"days", "6"}}, "must be 7 or more"},
      {true, {{"order", "ymd"}}, "must be month_first or day_first"},
      {true, {{"without_subject", "keep"}}, "must be refuse or remove"},
      {true, {{"weeks", "1"}}, "unknown setting \"weeks\""},
      {false, {{"dates", "decade"}}, "must be one of year, month, day, hour"},
      {false, {{"zip_list", "2010"}}, "must be one of union, 2000, 2020"},
      {false, {{"coordinates", "3"}}, "must be one of remove, 0, 1, 2"},
      {false, {{"zip", "3"}}, "unknown setting \"zip\""},
  };
  for (const BadSetting& row : rows) {
    const absl::Status status =
        row.shift ? NewDateShift(row.params, context).status()
                  : NewGeneralize(row.params, context).status();
    EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
    EXPECT_THAT(Message(status), HasSubstr(std::string(row.message)));
  }
  context.keys = nullptr;
  EXPECT_THAT(Message(NewDateShift({}, context).status()),
              HasSubstr("no key is given"));
}

}  // namespace
}  // namespace phiwire
