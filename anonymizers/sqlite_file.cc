// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/sqlite_file.h"

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

// Another process writes one record's tokens in far less.
constexpr int kBusyMilliseconds = 30'000;

// SQLite's own texts can quote what it was given: these are ours.
std::string_view Reason(int code) {
  switch (code & 0xFF) {
    case SQLITE_NOTADB:
      return "no vault, or damaged";
    case SQLITE_CORRUPT:
    case SQLITE_FORMAT:
      return "damaged";
    case SQLITE_CANTOPEN:
      return "can't be opened";
    case SQLITE_READONLY:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return "not to be written";
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return "in use by another process";
    case SQLITE_FULL:
      return "the disk is full";
    case SQLITE_IOERR:
      return "can't be read or written";
    default:
      return "damaged, or of another version";
  }
}

}  // namespace

absl::Status SqliteFile::Error(int code) const {
  return absl::InvalidArgumentError(
      Concat({"vault ", path_, ": ", Reason(code)}));
}

absl::StatusOr<std::unique_ptr<SqliteFile>> SqliteFile::Open(
    const std::string& path, bool create) {
  auto file = std::unique_ptr<SqliteFile>(new SqliteFile());
  file->path_ = path;
  if (create) {
    // SQLite itself would let everyone read it. -wal and -shm take its mode.
    const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (fd >= 0) ::close(fd);
  }
  const int opened =
      sqlite3_open_v2(path.c_str(), &file->db_,
                      SQLITE_OPEN_READWRITE | SQLITE_OPEN_FULLMUTEX, nullptr);
  if (opened != SQLITE_OK) return file->Error(opened);
  sqlite3_busy_timeout(file->db_, kBusyMilliseconds);
  PHIWIRE_RETURN_IF_ERROR(file->Execute("PRAGMA journal_mode=WAL"));
  PHIWIRE_RETURN_IF_ERROR(file->Execute("PRAGMA synchronous=FULL"));
  PHIWIRE_RETURN_IF_ERROR(file->Execute("PRAGMA secure_delete=ON"));
  return file;
}

SqliteFile::~SqliteFile() {
  for (auto& [sql, statement] : statements_) sqlite3_finalize(statement);
  sqlite3_close(db_);
}

absl::Status SqliteFile::Execute(const char* sql) {
  const int code = sqlite3_exec(db_, sql, nullptr, nullptr, nullptr);
  return code == SQLITE_OK ? absl::OkStatus() : Error(code);
}

absl::StatusOr<std::optional<std::string>> SqliteFile::Query(
    const char* sql, std::span<const std::string_view> parameters) {
  sqlite3_stmt*& statement = statements_[sql];
  if (statement == nullptr) {
    const int code = sqlite3_prepare_v3(db_, sql, -1, SQLITE_PREPARE_PERSISTENT,
                                        &statement, nullptr);
    if (code != SQLITE_OK) return Error(code);
  }
  int at = 0;
  for (const std::string_view parameter : parameters) {
    const int code = sqlite3_bind_blob64(statement, ++at, parameter.data(),
                                         parameter.size(), SQLITE_STATIC);
    if (code != SQLITE_OK) return Error(code);
  }
  std::optional<std::string> out;
  const int code = sqlite3_step(statement);
  if (code == SQLITE_ROW) {
    const auto* bytes =
        static_cast<const char*>(sqlite3_column_blob(statement, 0));
    const int size = sqlite3_column_bytes(statement, 0);
    out.emplace(bytes == nullptr ? "" : bytes, static_cast<std::size_t>(size));
  }
  sqlite3_reset(statement);
  sqlite3_clear_bindings(statement);
  if (code != SQLITE_ROW && code != SQLITE_DONE) return Error(code);
  return out;
}

}  // namespace phiwire
