// SPDX-License-Identifier: Apache-2.0
//
// The vault in a file: what it keeps, that it survives kill -9, and that a
// wrong key and damage are errors.

#include "anonymizers/token_vault.h"

#include <fcntl.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "base/base32.h"

namespace phiwire {
namespace {

KeyRing Keys(std::uint8_t byte) {
  return *KeyRing::Create(SecretKey(std::vector<std::uint8_t>(32, byte)));
}

std::string Message(const absl::Status& status) {
  return std::string(status.message().data(), status.message().size());
}

class TokenVaultFile : public testing::Test {
 protected:
  void SetUp() override {
    dir_ = testing::TempDir() + std::to_string(::getpid()) + "_vault/";
    std::filesystem::create_directories(dir_);
    path_ = dir_ + "v.sqlite";
  }
  void TearDown() override { std::filesystem::remove_all(dir_); }

  std::string Content() const {
    std::string all;
    for (const auto& entry : std::filesystem::directory_iterator(dir_)) {
      std::ifstream in(entry.path(), std::ios::binary);
      all.append(std::istreambuf_iterator<char>(in), {});
    }
    return all;
  }

  std::string dir_;
  std::string path_;
};

TEST_F(TokenVaultFile, KeepsTokensOverRunsAndProcesses) {
  std::string token;
  {
    auto vault = TokenVault::Open(path_, Keys(1), true);
    ASSERT_TRUE(vault.ok()) << Message(vault.status());
    token =
        *(*vault)->TokenFor(PhiType::kName, "Quackenbush", kBase32Alphabet, 16);
    ASSERT_TRUE((*vault)->Commit().ok());
  }
  struct stat about {};
  ASSERT_EQ(::stat(path_.c_str(), &about), 0);
  EXPECT_EQ(about.st_mode & 0777, 0600u);
  auto one = TokenVault::Open(path_, Keys(1), false);
  auto two = TokenVault::Open(path_, Keys(1), false);
  ASSERT_TRUE(one.ok() && two.ok());
  EXPECT_EQ((*one)->id(), (*two)->id());
  EXPECT_EQ(
      *(*one)->TokenFor(PhiType::kName, "Quackenbush", kBase32Alphabet, 16),
      token);
  const auto value = (*two)->ValueOf(token);
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->text, "Quackenbush");
  EXPECT_EQ(value->type, PhiType::kName);
  // What one process commits the other sees.
  const std::string next =
      *(*one)->TokenFor(PhiType::kName, "Roe", kBase32Alphabet, 16);
  ASSERT_TRUE((*one)->Commit().ok());
  EXPECT_EQ(*(*two)->TokenFor(PhiType::kName, "Roe", kBase32Alphabet, 16),
            next);
  EXPECT_EQ((*two)->ValueOf("NOTOKEN").status().code(),
            absl::StatusCode::kNotFound);
}

TEST_F(TokenVaultFile, HoldsNoValueAndNoTokenInClear) {
  auto vault = TokenVault::Open(path_, Keys(1), true);
  ASSERT_TRUE(vault.ok());
  const std::string token =
      *(*vault)->TokenFor(PhiType::kName, "Quackenbush", kBase32Alphabet, 16);
  ASSERT_TRUE((*vault)->Commit().ok());
  const std::string content = Content();
  EXPECT_EQ(content.find("Quackenbush"), std::string::npos);
  EXPECT_EQ(content.find(token), std::string::npos);
}

TEST_F(TokenVaultFile, RemembersTheFirstSpellingOfAHash) {
  auto vault = TokenVault::Open(path_, Keys(1), true);
  ASSERT_TRUE(vault.ok());
  ASSERT_TRUE((*vault)->Remember(PhiType::kSsn, "078-05-1120", "TOK1").ok());
  ASSERT_TRUE((*vault)->Remember(PhiType::kSsn, "078051120", "TOK1").ok());
  EXPECT_EQ((*vault)->ValueOf("TOK1")->text, "078-05-1120");
}

TEST_F(TokenVaultFile, RefusesAnotherKeyDamageAndWhatIsNoVault) {
  std::string token;
  {
    auto vault = TokenVault::Open(path_, Keys(1), true);
    ASSERT_TRUE(vault.ok());
    for (int i = 0; i < 200; ++i) {
      token = *(*vault)->TokenFor(PhiType::kName, std::to_string(i),
                                  kBase32Alphabet, 16);
    }
    ASSERT_TRUE((*vault)->Commit().ok());
  }
  EXPECT_EQ(Message(TokenVault::Open(path_, Keys(2), false).status()),
            "vault " + path_ + ": made with another key, or damaged");
  EXPECT_EQ(Message(TokenVault::Open(dir_ + "none", Keys(1), false).status()),
            "vault " + dir_ + "none: can't be opened");
  std::ofstream(dir_ + "text") << std::string(4096, 'x');
  EXPECT_EQ(Message(TokenVault::Open(dir_ + "text", Keys(1), true).status()),
            "vault " + dir_ + "text: no vault, or damaged");
  // Every byte of the file after the header is overwritten, one page a time.
  const auto size = std::filesystem::file_size(path_);
  for (std::uintmax_t page = 4096; page < size; page += 4096) {
    std::fstream file(path_, std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(page));
    file << std::string(4096, '\x5A');
  }
  auto damaged = TokenVault::Open(path_, Keys(1), false);
  const absl::Status status =
      damaged.ok() ? (*damaged)->ValueOf(token).status() : damaged.status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInvalidArgument);
  EXPECT_THAT(Message(status), testing::HasSubstr("damaged"));
}

// The child gives a token away only after Commit; whatever the parent has read
// when it kills the child must have a way back.
TEST_F(TokenVaultFile, SurvivesKill9) {
  constexpr std::size_t kLine = 17;
  int pipe_ends[2];
  ASSERT_EQ(::pipe(pipe_ends), 0);
  const pid_t child = ::fork();
  ASSERT_GE(child, 0);
  if (child == 0) {
    auto vault = TokenVault::Open(path_, Keys(1), true);
    for (int i = 0; vault.ok(); ++i) {
      const auto token = (*vault)->TokenFor(
          PhiType::kName, "value " + std::to_string(i), kBase32Alphabet, 16);
      if (!token.ok() || !(*vault)->Commit().ok()) break;
      const std::string line = *token + "\n";
      if (::write(pipe_ends[1], line.data(), kLine) != kLine) break;
    }
    ::_exit(1);
  }
  ::close(pipe_ends[1]);
  std::string got;
  char buffer[4096];
  while (got.size() < 50 * kLine) {
    const ssize_t n = ::read(pipe_ends[0], buffer, sizeof buffer);
    ASSERT_GT(n, 0);
    got.append(buffer, static_cast<std::size_t>(n));
  }
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status));
  for (ssize_t n = 0; (n = ::read(pipe_ends[0], buffer, sizeof buffer)) > 0;) {
    got.append(buffer, static_cast<std::size_t>(n));
  }
  ::close(pipe_ends[0]);
  auto vault = TokenVault::Open(path_, Keys(1), false);
  ASSERT_TRUE(vault.ok()) << Message(vault.status());
  for (std::size_t i = 0; (i + 1) * kLine <= got.size(); ++i) {
    const auto value = (*vault)->ValueOf(got.substr(i * kLine, kLine - 1));
    ASSERT_TRUE(value.ok()) << i;
    EXPECT_EQ(value->text, "value " + std::to_string(i));
  }
}

}  // namespace
}  // namespace phiwire
