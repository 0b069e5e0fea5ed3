// SPDX-License-Identifier: Apache-2.0
//
// The vault in a file. Table `token`: find (AES-256-CMAC of type, form and
// value), back (CMAC of the token), sealed (back, then AES-256-SIV of type NUL
// token NUL value). Not even the tokens are to be read from the file. Table
// `meta`: the vault's random id, and a sealed constant that tells the right
// key.

#include "anonymizers/token_vault.h"

#include <array>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "anonymizers/sqlite_file.h"
#include "anonymizers/token_random.h"
#include "base/aes.h"
#include "base/base32.h"
#include "base/siv.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr std::string_view kNul("\0", 1);
constexpr std::string_view kCheck = "phiwire/vault/v1";

// BEGIN IMMEDIATE: what is looked up inside is what is written against.
constexpr const char* kBegin = "BEGIN IMMEDIATE";
constexpr const char* kCommit = "COMMIT";
constexpr const char* kTables =
    "CREATE TABLE IF NOT EXISTS meta(name BLOB PRIMARY KEY, value BLOB);"
    "CREATE TABLE IF NOT EXISTS token(find BLOB PRIMARY KEY, back BLOB UNIQUE,"
    " sealed BLOB) WITHOUT ROWID";
constexpr const char* kGetMeta = "SELECT value FROM meta WHERE name=?";
constexpr const char* kPutMeta = "INSERT INTO meta(name,value) VALUES(?,?)";
constexpr const char* kByValue = "SELECT sealed FROM token WHERE find=?";
constexpr const char* kByToken = "SELECT sealed FROM token WHERE back=?";
constexpr const char* kInsert =
    "INSERT INTO token(find,back,sealed) VALUES(?,?,?)";

std::string_view View(std::span<const std::uint8_t> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

class FileVault final : public TokenVault {
 public:
  FileVault(std::string path, std::unique_ptr<SqliteFile> file, Aes find,
            Aes back, std::unique_ptr<const Siv> seal)
      : path_(std::move(path)),
        file_(std::move(file)),
        find_(std::move(find)),
        back_(std::move(back)),
        seal_(std::move(seal)) {}

  // Makes the tables of a new vault, or checks that the key is the vault's.
  absl::Status Start() {
    PHIWIRE_RETURN_IF_ERROR(file_->Execute(kBegin));
    PHIWIRE_RETURN_IF_ERROR(file_->Execute(kTables));
    PHIWIRE_ASSIGN_OR_RETURN(auto check, Meta("check"));
    if (!check.has_value()) {
      PHIWIRE_ASSIGN_OR_RETURN(id_,
                               RandomText(kBase32Alphabet, KeyRing::kIdLength));
      PHIWIRE_ASSIGN_OR_RETURN(const auto sealed, Seal(id_, kCheck));
      PHIWIRE_RETURN_IF_ERROR(PutMeta("id", id_));
      PHIWIRE_RETURN_IF_ERROR(PutMeta("check", sealed));
      return file_->Execute(kCommit);
    }
    PHIWIRE_ASSIGN_OR_RETURN(auto id, Meta("id"));
    if (!id.has_value() || id->size() != KeyRing::kIdLength) {
      return Bad("damaged");
    }
    id_ = *std::move(id);
    const auto opened = Open(id_, *check);
    if (!opened.ok() || *opened != kCheck) {
      return Bad("made with another key, or damaged");
    }
    return file_->Execute(kCommit);
  }

  std::string_view id() const override { return id_; }

  absl::StatusOr<std::string> TokenFor(PhiType type, std::string_view value,
                                       std::string_view alphabet,
                                       std::size_t length) override {
    const std::lock_guard lock(mutex_);
    PHIWIRE_RETURN_IF_ERROR(broken_);
    PHIWIRE_ASSIGN_OR_RETURN(
        const AesBlock find,
        Tag(find_, Concat({TypeName(type), kNul, std::to_string(length), kNul,
                           alphabet, kNul, value})));
    PHIWIRE_ASSIGN_OR_RETURN(auto known, FindToken(find));
    if (known.has_value()) return *std::move(known);
    // Another process may have made it since: looked for again in ours.
    PHIWIRE_RETURN_IF_ERROR(Begin());
    PHIWIRE_ASSIGN_OR_RETURN(known, FindToken(find));
    if (known.has_value()) return *std::move(known);
    PHIWIRE_ASSIGN_OR_RETURN(std::string token, RandomText(alphabet, length));
    PHIWIRE_RETURN_IF_ERROR(Insert(find, type, token, value));
    return token;
  }

  absl::Status Remember(PhiType type, std::string_view value,
                        std::string_view token) override {
    const std::lock_guard lock(mutex_);
    PHIWIRE_RETURN_IF_ERROR(broken_);
    // A hash's token stands for several spellings; the first one is kept.
    PHIWIRE_ASSIGN_OR_RETURN(const AesBlock find,
                             Tag(find_, Concat({"=", kNul, token})));
    PHIWIRE_ASSIGN_OR_RETURN(auto known, FindToken(find));
    if (known.has_value()) return absl::OkStatus();
    PHIWIRE_RETURN_IF_ERROR(Begin());
    PHIWIRE_ASSIGN_OR_RETURN(known, FindToken(find));
    if (known.has_value()) return absl::OkStatus();
    return Insert(find, type, token, value);
  }

  absl::StatusOr<Value> ValueOf(std::string_view token) override {
    const std::lock_guard lock(mutex_);
    PHIWIRE_RETURN_IF_ERROR(broken_);
    PHIWIRE_ASSIGN_OR_RETURN(const AesBlock back, Tag(back_, token));
    const std::array parameters = {View(back)};
    PHIWIRE_ASSIGN_OR_RETURN(const auto sealed,
                             file_->Query(kByToken, parameters));
    if (!sealed.has_value()) {
      return absl::NotFoundError("no token of the vault");
    }
    if (sealed->size() <= sizeof(AesBlock)) return Bad("damaged");
    PHIWIRE_ASSIGN_OR_RETURN(
        const std::string opened,
        Open(View(back), std::string_view(*sealed).substr(sizeof(AesBlock))));
    const std::size_t first = opened.find('\0');
    const std::size_t second = opened.find('\0', first + 1);
    const auto type = ParseType(std::string_view(opened).substr(0, first));
    if (!type.has_value() || second == std::string::npos) return Bad("damaged");
    return Value{*type, opened.substr(second + 1)};
  }

  absl::Status Commit() override {
    const std::lock_guard lock(mutex_);
    PHIWIRE_RETURN_IF_ERROR(broken_);
    if (!writing_) return absl::OkStatus();
    writing_ = false;
    // Other threads' tokens may be lost with it, so nothing may follow.
    return broken_ = file_->Execute(kCommit);
  }

 private:
  absl::Status Bad(std::string_view reason) const {
    return absl::InvalidArgumentError(Concat({"vault ", path_, ": ", reason}));
  }

  absl::Status Begin() {
    if (writing_) return absl::OkStatus();
    PHIWIRE_RETURN_IF_ERROR(file_->Execute(kBegin));
    writing_ = true;
    return absl::OkStatus();
  }

  static absl::StatusOr<AesBlock> Tag(const Aes& aes,
                                      std::string_view message) {
    AesBlock tag{};
    if (!Aes::Lease(aes).Cmac(message, &tag)) {
      return absl::InternalError("AES failed");
    }
    return tag;
  }

  // Bound to `row`, so that sealed values can't change places.
  absl::StatusOr<std::string> Seal(std::string_view row,
                                   std::string_view text) const {
    const std::array associated = {row};
    PHIWIRE_ASSIGN_OR_RETURN(const auto sealed, seal_->Seal(associated, text));
    return std::string(View(sealed));
  }
  absl::StatusOr<std::string> Open(std::string_view row,
                                   std::string_view sealed) const {
    const std::array associated = {row};
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(sealed.data());
    absl::StatusOr<std::string> text =
        seal_->Open(associated, {bytes, sealed.size()});
    if (!text.ok()) return Bad("damaged: a value is not as it was sealed");
    return text;
  }

  absl::StatusOr<std::optional<std::string>> Meta(std::string_view name) {
    const std::array parameters = {name};
    return file_->Query(kGetMeta, parameters);
  }
  absl::Status PutMeta(std::string_view name, std::string_view value) {
    const std::array parameters = {name, value};
    return file_->Query(kPutMeta, parameters).status();
  }

  absl::StatusOr<std::optional<std::string>> FindToken(const AesBlock& find) {
    const std::array parameters = {View(find)};
    PHIWIRE_ASSIGN_OR_RETURN(const auto sealed,
                             file_->Query(kByValue, parameters));
    if (!sealed.has_value()) return std::optional<std::string>();
    // `sealed` is bound to the token's own tag, which is kept before it.
    if (sealed->size() <= sizeof(AesBlock)) return Bad("damaged");
    return OpenToken(*sealed);
  }

  absl::StatusOr<std::optional<std::string>> OpenToken(
      std::string_view sealed) {
    PHIWIRE_ASSIGN_OR_RETURN(const std::string opened,
                             Open(sealed.substr(0, sizeof(AesBlock)),
                                  sealed.substr(sizeof(AesBlock))));
    const std::size_t first = opened.find('\0');
    const std::size_t second = opened.find('\0', first + 1);
    if (second == std::string::npos) return Bad("damaged");
    return std::optional(opened.substr(first + 1, second - first - 1));
  }

  absl::Status Insert(const AesBlock& find, PhiType type,
                      std::string_view token, std::string_view value) {
    PHIWIRE_ASSIGN_OR_RETURN(const AesBlock back, Tag(back_, token));
    PHIWIRE_ASSIGN_OR_RETURN(
        const std::string sealed,
        Seal(View(back), Concat({TypeName(type), kNul, token, kNul, value})));
    const std::string kept = Concat({View(back), sealed});
    const std::array parameters = {View(find), View(back),
                                   std::string_view(kept)};
    return file_->Query(kInsert, parameters).status();
  }

  const std::string path_;
  const std::unique_ptr<SqliteFile> file_;
  const Aes find_;
  const Aes back_;
  const std::unique_ptr<const Siv> seal_;
  std::string id_;
  std::mutex mutex_;
  bool writing_ = false;
  absl::Status broken_;
};

}  // namespace

absl::StatusOr<std::unique_ptr<TokenVault>> TokenVault::Open(
    const std::string& path, const KeyRing& keys, bool create) {
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey find, keys.Derive("vault-find", ""));
  PHIWIRE_ASSIGN_OR_RETURN(const SecretKey back, keys.Derive("vault-back", ""));
  PHIWIRE_ASSIGN_OR_RETURN(SecretKey seal,
                           keys.Derive("vault-seal", "", Siv::kKeyBytes));
  PHIWIRE_ASSIGN_OR_RETURN(Aes find_tags, Aes::Create(find.bytes()));
  PHIWIRE_ASSIGN_OR_RETURN(Aes back_tags, Aes::Create(back.bytes()));
  PHIWIRE_ASSIGN_OR_RETURN(auto siv, Siv::Create(std::move(seal)));
  PHIWIRE_ASSIGN_OR_RETURN(auto file, SqliteFile::Open(path, create));
  auto vault =
      std::make_unique<FileVault>(path, std::move(file), std::move(find_tags),
                                  std::move(back_tags), std::move(siv));
  PHIWIRE_RETURN_IF_ERROR(vault->Start());
  return vault;
}

}  // namespace phiwire
