// SPDX-License-Identifier: Apache-2.0
//
// A program's own anonymizers, written against the public headers alone: they
// do what phiwire's do, and whatever goes wrong in one lets nothing out.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "phiwire/phiwire.h"

namespace phiwire {
namespace {

using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kNote =
    "Patient Zebulon Quackenbush (MRN 12345) was born on 01/01/1980. "
    "Zebulon Quackenbush called.";
constexpr std::string_view kMessage =
    "MSH|^~\\&|A|B|C|D|20200101||ORU^R01|1|P|2.5\r"
    "PID|1||998877||Quackenbush^Zebulon\r"
    "OBX|1|TX|1^n||Zebulon Quackenbush called||||||F\r";

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

// Numbers persons, counts what it was asked in the record's session, and in
// itself how many records were finished.
class Numbered : public Anonymizer {
 public:
  std::string_view name() const override { return "numbered"; }

  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session& session) const override {
    const std::size_t asked = ++session.State<Asked>(this).count;
    std::string out = "<";
    out.append(TypeName(target.type)).append(" ");
    out.append(std::to_string(session.Number(target.type, target.surface)));
    out.append(" of ").append(session.subject());
    return out.append(", value ") + std::to_string(asked) + ">";
  }

  absl::Status Finish(Session& session) const override {
    finished_ += 1;
    values_ += session.State<Asked>(this).count;
    return absl::OkStatus();
  }

  std::size_t finished() const { return finished_; }
  std::size_t values() const { return values_; }

 private:
  struct Asked : SessionState {
    std::size_t count = 0;
  };
  mutable std::atomic<std::size_t> finished_{0};
  mutable std::atomic<std::size_t> values_{0};
};

// Gives whatever the function gives.
class Own : public Anonymizer {
 public:
  using Function = absl::StatusOr<std::string> (*)(const Target&);
  explicit Own(Function function) : function_(function) {}
  std::string_view name() const override { return "own"; }
  absl::StatusOr<std::string> Apply(const Target& target,
                                    Session&) const override {
    return function_(target);
  }

 private:
  Function function_;
};

absl::StatusOr<Deidentifier> Make(const Policy& policy,
                                  std::shared_ptr<const Anonymizer> own) {
  Options options;
  options.data_dir = PHIWIRE_TEST_DATA_DIR;
  options.anonymizers["own"] = std::move(own);
  return Deidentifier::Create(policy, options);
}

Policy NamesAndNumbers() {
  auto policy = Policy::FromYaml(
      "version: 1\n"
      "extends: safe-harbor\n"
      "types:\n"
      "  NAME: {anonymizer: user:own}\n"
      "  MEDICALRECORD: {anonymizer: user:own}\n",
      "site.yaml", ".");
  EXPECT_TRUE(policy.ok()) << policy.status();
  return *std::move(policy);
}

TEST(UserAnonymizer, HasTheRecordsSession) {
  const auto own = std::make_shared<Numbered>();
  const auto deid = Make(NamesAndNumbers(), own);
  ASSERT_TRUE(deid.ok()) << deid.status();
  for (std::size_t record = 1; record <= 2; ++record) {
    const auto out = deid->Text(kNote, {"P-1"});
    ASSERT_TRUE(out.ok()) << out.status();
    EXPECT_EQ(out->text,
              "Patient <NAME 1 of P-1, value 1> (MRN <MEDICALRECORD 1 of P-1, "
              "value 2>) was born on [DATE]. <NAME 1 of P-1, value 3> called.");
    // Once, though it serves two types.
    EXPECT_EQ(own->finished(), record);
    EXPECT_EQ(own->values(), 3 * record);
  }
}

TEST(UserAnonymizer, ServesSlotsAndIsEscapedThere) {
  const auto deid = Make(
      NamesAndNumbers(), std::make_shared<Own>([](const Target& target) {
        std::string out = "a|b\r";
        return absl::StatusOr<std::string>(out.append(target.path).append("&"));
      }));
  ASSERT_TRUE(deid.ok()) << deid.status();
  const auto out = deid->File(kMessage, Format::kHl7);
  ASSERT_TRUE(out.ok()) << out.status();
  EXPECT_TRUE(out->refusals.empty()) << out->refusals[0].status;
  // The format writes a line's end as a space.
  EXPECT_THAT(out->text, HasSubstr("|a\\F\\b PID-5.1\\T\\^a\\F\\b PID-5.2\\T"));
  EXPECT_THAT(out->text, Not(HasSubstr("Zebulon")));
  EXPECT_THAT(out->text, Not(HasSubstr("998877")));
}

TEST(UserAnonymizer, ThreadsShareIt) {
  const auto own = std::make_shared<Numbered>();
  const auto deid = Make(NamesAndNumbers(), own);
  ASSERT_TRUE(deid.ok()) << deid.status();
  const std::string expected = deid->Text(kNote, {"P-1"})->text;
  std::atomic<std::size_t> same{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 25; ++i) {
        const auto out = deid->Text(kNote, {"P-1"});
        if (out.ok() && out->text == expected) ++same;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(same, 100u);
  EXPECT_EQ(own->finished(), 101u);
}

struct Failure {
  std::string_view what;
  Own::Function function;
  absl::StatusCode code;
  std::string_view message;
};

std::string Surface(const Target& target) {
  return std::string(target.surface);
}

const Failure kFailures[] = {
    {"an error",
     [](const Target&) -> absl::StatusOr<std::string> {
       return absl::FailedPreconditionError("no entry in the site's table");
     },
     absl::StatusCode::kFailedPrecondition,
     "anonymizer user:own: no entry in the site's table"},
    {"an error that quotes the value",
     [](const Target& target) -> absl::StatusOr<std::string> {
       return absl::NotFoundError("no entry for " + Surface(target));
     },
     absl::StatusCode::kNotFound,
     "anonymizer user:own: an error whose message is withheld"},
    {"an error that quotes a part of it",
     [](const Target&) -> absl::StatusOr<std::string> {
       return absl::NotFoundError("no entry for QUACKENBUSH, 998877 or 12345");
     },
     absl::StatusCode::kNotFound,
     "anonymizer user:own: an error whose message is withheld"},
    {"an exception",
     [](const Target& target) -> absl::StatusOr<std::string> {
       throw std::runtime_error("can't do " + Surface(target));
     },
     absl::StatusCode::kInternal, "anonymizer user:own: it threw an exception"},
    {"no UTF-8",
     [](const Target& target) -> absl::StatusOr<std::string> {
       return Surface(target) + "\xFF";
     },
     absl::StatusCode::kInternal,
     "anonymizer user:own: its output is not UTF-8"},
};

void ExpectSilent(const absl::Status& status, const Failure& failure) {
  EXPECT_EQ(status.code(), failure.code);
  const std::string message = Message(status);
  EXPECT_THAT(message, HasSubstr(std::string(failure.message)));
  EXPECT_THAT(message, HasSubstr("site.yaml:"));
  EXPECT_THAT(message, HasSubstr(" at bytes "));
  for (const char* value :
       {"Zebulon", "Quackenbush", "QUACKENBUSH", "12345", "998877"}) {
    EXPECT_THAT(message, Not(HasSubstr(value)));
  }
}

TEST(UserAnonymizer, AFailureLetsNothingOut) {
  for (const Failure& failure : kFailures) {
    SCOPED_TRACE(std::string(failure.what));
    const auto deid =
        Make(NamesAndNumbers(), std::make_shared<Own>(failure.function));
    ASSERT_TRUE(deid.ok()) << deid.status();
    ExpectSilent(deid->Text(kNote).status(), failure);
    const auto file = deid->File(kMessage, Format::kHl7);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_EQ(file->text, "");
    ASSERT_EQ(file->refusals.size(), 1u);
    ExpectSilent(file->refusals[0].status, failure);
    // Findings are nobody's replacement.
    EXPECT_TRUE(deid->Analyze(kNote).ok());
  }
}

TEST(UserAnonymizer, OnFailureTakesRefusalsOnly) {
  for (const Failure& failure : kFailures) {
    SCOPED_TRACE(std::string(failure.what));
    Policy policy = Policy::SafeHarbor();
    policy[PhiType::kName].anonymizer = "user:own";
    policy[PhiType::kName].on_failure = OnFailure::kReplace;
    const auto deid = Make(policy, std::make_shared<Own>(failure.function));
    ASSERT_TRUE(deid.ok()) << deid.status();
    const auto out = deid->Text(kNote);
    EXPECT_EQ(out.ok(), failure.code == absl::StatusCode::kFailedPrecondition);
    if (!out.ok()) continue;
    EXPECT_THAT(out->text, HasSubstr("Patient [NAME] (MRN"));
  }
}

class Unfinished : public Anonymizer {
 public:
  std::string_view name() const override { return "unfinished"; }
  absl::StatusOr<std::string> Apply(const Target&, Session&) const override {
    return std::string("x");
  }
  absl::Status Finish(Session&) const override {
    return absl::UnavailableError("could not store Quackenbush");
  }
};

TEST(UserAnonymizer, ARecordThatIsNotFinishedIsRefused) {
  const auto deid = Make(NamesAndNumbers(), std::make_shared<Unfinished>());
  ASSERT_TRUE(deid.ok()) << deid.status();
  const auto out = deid->Text(kNote);
  EXPECT_EQ(out.status().code(), absl::StatusCode::kUnavailable);
  EXPECT_EQ(Message(out.status()),
            "anonymizer user:own: the record could not be finished");
}

TEST(UserAnonymizer, AMissingOneIsAnErrorWithItsPlace) {
  const auto deid = Make(NamesAndNumbers(), nullptr);
  EXPECT_EQ(deid.status().code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(deid.status()),
              HasSubstr("site.yaml:4:22: type NAME: no anonymizer of that name "
                        "is registered: user:own"));
}

}  // namespace
}  // namespace phiwire
