// SPDX-License-Identifier: Apache-2.0

#include "policy/audit_log.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "policy/audit_line.h"
#include "policy/audit_verify.h"

namespace phiwire {
namespace {

std::string TempLog(std::string_view name) {
  const std::string path =
      Concat({testing::TempDir(), "audit_", std::to_string(::getpid()), name});
  std::remove(path.c_str());
  return path;
}

AuditRecord Sample(std::size_t n) {
  AuditRecord record;
  record.action = n % 3 == 0 ? "reidentify" : "deid";
  record.purpose = n % 3 == 0 ? "recall \"7\"\n\\" : "";
  record.policy = "safe-harbor";
  record.policy_hash = Sha256Hex("policy");
  record.key_ids = {"ABCDEFGH"};
  record.document = Sha256Hex(std::to_string(n));
  record.output = Sha256Hex(std::to_string(n + 1));
  record.counts = {{"NAME", n % 4}, {"DATE", n % 7}};
  record.refusals = n % 2;
  return record;
}

std::string ReadAll(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

std::string LogOf(std::size_t lines) {
  const std::string path = TempLog("made");
  auto log = AuditLog::Open(path);
  EXPECT_TRUE(log.ok());
  for (std::size_t i = 0; i < lines; ++i) {
    EXPECT_TRUE(log->Append(Sample(i)).ok());
  }
  std::string text = ReadAll(path);
  std::remove(path.c_str());
  return text;
}

AuditReport Verify(std::string_view text, std::string_view head = {},
                   std::size_t chunk = 1000) {
  AuditVerifier verifier(head);
  for (std::size_t at = 0; at < text.size(); at += chunk) {
    verifier.Feed(text.substr(at, chunk));
  }
  return verifier.Finish();
}

std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n') + 1;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(end);
  }
  return lines;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string out;
  for (const std::string& line : lines) out += line;
  return out;
}

TEST(AuditLog, AWholeLogVerifiesInAnyChunks) {
  const std::string text = LogOf(20);
  for (const std::size_t chunk : {1U, 7U, 64U, 100000U}) {
    const AuditReport report = Verify(text, {}, chunk);
    EXPECT_EQ(report.fault_count, 0U);
    EXPECT_EQ(report.lines, 20U);
    EXPECT_EQ(report.head, ReadAuditLine(LinesOf(text)[19].substr(
                                             0, LinesOf(text)[19].size() - 1))
                               ->hash);
  }
}

TEST(AuditLog, AnEmptyLogIsWholeUnlessAHashWasNoted) {
  EXPECT_EQ(Verify("").fault_count, 0U);
  EXPECT_EQ(Verify("", FirstAuditPrev()).fault_count, 1U);
}

// One change of the kinds somebody who covers his tracks would make.
std::string Tampered(const std::vector<std::string>& lines,
                     std::mt19937_64* random, int kind) {
  const auto below = [&](std::size_t n) {
    return static_cast<std::size_t>((*random)() % n);
  };
  std::vector<std::string> out = lines;
  const std::size_t at = below(out.size());
  const auto place = out.begin() + static_cast<std::ptrdiff_t>(at);
  std::string& line = out[at];
  switch (kind) {
    case 0: {  // one byte becomes another
      char& c = line[below(line.size())];
      c = static_cast<char>(c ^ static_cast<char>(1 + below(255)));
      break;
    }
    case 1:  // a byte goes
      line.erase(below(line.size()), 1);
      break;
    case 2:  // a byte comes
      line.insert(below(line.size()), 1, static_cast<char>(below(256)));
      break;
    case 3:  // a line goes
      out.erase(place);
      break;
    case 4:  // two lines change places
      std::swap(line, out[(at + 1 + below(out.size() - 1)) % out.size()]);
      break;
    case 5:  // a line comes twice
      out.insert(place, out[below(out.size())]);
      break;
    case 6: {  // a line is changed and sealed anew
      auto read = ReadAuditLine({line.data(), line.size() - 1});
      const std::string prev(read->prev);
      line = SealAuditLine(read->seq, prev, "2020-01-01T00:00:00Z",
                           "\"action\":\"nothing\"") +
             "\n";
      break;
    }
    case 7:  // the end goes
      out.resize(at);
      break;
    default: {  // cut anywhere, or within
      std::string text = Joined(out);
      const std::size_t begin = below(text.size());
      text.erase(begin, 1 + below(text.size() - begin));
      return text;
    }
  }
  return Joined(out);
}

TEST(AuditLog, TenThousandChangesAreFound) {
  const auto seed = std::random_device()();
  std::printf("seed %u\n", seed);
  std::mt19937_64 random(seed);
  const std::string text = LogOf(24);
  const std::vector<std::string> lines = LinesOf(text);
  const std::string head = Verify(text).head;
  std::size_t changes = 0;
  std::size_t only_by_head = 0;
  while (changes < 10000) {
    const std::string changed =
        Tampered(lines, &random, static_cast<int>(random() % 9));
    if (changed == text) continue;
    ++changes;
    const AuditReport report = Verify(changed, head);
    ASSERT_GT(report.fault_count, 0U) << "change " << changes;
    if (Verify(changed).fault_count > 0) continue;
    // Without the hash: whole lines missing at the end, or the last sealed
    // anew, and nothing else.
    ++only_by_head;
    const std::vector<std::string> left = LinesOf(changed);
    ASSERT_LE(left.size(), lines.size());
    const std::size_t same =
        left.size() == lines.size() ? lines.size() - 1 : left.size();
    ASSERT_TRUE(std::equal(left.begin(),
                           left.begin() + static_cast<std::ptrdiff_t>(same),
                           lines.begin()));
  }
  EXPECT_GT(only_by_head, 0U);
  std::printf("%zu found by the noted hash alone\n", only_by_head);
}

TEST(AuditLog, AHashNotedEarlierStaysGoodAsTheLogGrows) {
  const std::string text = LogOf(10);
  const std::vector<std::string> lines = LinesOf(text);
  const std::string head =
      Verify(Joined({lines.begin(), lines.begin() + 4})).head;
  const AuditReport report = Verify(text, head);
  EXPECT_EQ(report.fault_count, 0U);
  EXPECT_EQ(report.since_head, 6U);
}

TEST(AuditLog, OneChangeIsToldByItsLine) {
  std::vector<std::string> lines = LinesOf(LogOf(5));
  lines[2][lines[2].find("safe")] = 'S';
  const AuditReport report = Verify(Joined(lines));
  ASSERT_EQ(report.fault_count, 1U);
  EXPECT_EQ(report.faults[0].line, 3U);
  EXPECT_EQ(report.faults[0].kind, AuditFault::Kind::kChanged);
}

TEST(AuditLog, ALineWithoutEndIsFoundAndNotGoneOnWith) {
  const std::string path = TempLog("cut");
  const std::string text = LogOf(3);
  std::ofstream(path, std::ios::binary)
      << std::string_view(text).substr(0, text.size() - 1);
  EXPECT_EQ(Verify(ReadAll(path)).faults.at(0).kind,
            AuditFault::Kind::kNotWhole);
  EXPECT_FALSE(AuditLog::Open(path).ok());
  std::remove(path.c_str());
}

TEST(AuditLog, FaultsAreBoundedAndCounted) {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "x\n";
  text += std::string(3 * kLongestAuditLine, 'y');
  const AuditReport report = Verify(text);
  EXPECT_EQ(report.fault_count, 1001U);
  EXPECT_EQ(report.faults.size(), AuditReport::kMostFaults);
}

TEST(AuditLog, ProcessesAndThreadsKeepOneChain) {
  constexpr int kProcesses = 3;
  constexpr int kThreads = 2;
  constexpr std::size_t kLines = 20;
  const std::string path = TempLog("shared");
  std::vector<pid_t> children;
  for (int i = 0; i < kProcesses; ++i) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child > 0) {
      children.push_back(child);
      continue;
    }
    auto log = AuditLog::Open(path);
    bool good = log.ok();
    std::vector<std::jthread> threads;
    for (int t = 0; good && t < kThreads; ++t) {
      threads.emplace_back([&log] {
        for (std::size_t n = 0; n < kLines; ++n) {
          if (!log->Append(Sample(n)).ok()) ::_exit(1);
        }
      });
    }
    threads.clear();
    ::_exit(good ? 0 : 1);
  }
  for (const pid_t child : children) {
    int status = 1;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    EXPECT_EQ(status, 0);
  }
  const AuditReport report = Verify(ReadAll(path));
  EXPECT_EQ(report.fault_count, 0U);
  EXPECT_EQ(report.lines, kProcesses * kThreads * kLines);
  std::remove(path.c_str());
}

TEST(AuditLog, AFullDiskLeavesNoHalfLine) {
  auto log = AuditLog::Open("/dev/full");
  if (!log.ok()) GTEST_SKIP() << "no /dev/full";
  EXPECT_FALSE(log->Append(Sample(1)).ok());
}

}  // namespace
}  // namespace phiwire
