// SPDX-License-Identifier: Apache-2.0
//
// One SQLite database file behind Status: the only includer of sqlite3.h. Not
// thread-safe: its owner holds a mutex.

#ifndef PHIWIRE_ANONYMIZERS_SQLITE_FILE_H_
#define PHIWIRE_ANONYMIZERS_SQLITE_FILE_H_

#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

struct sqlite3;
struct sqlite3_stmt;

namespace phiwire {

class SqliteFile {
 public:
  // Write-ahead log, synchronous=FULL: a commit is on the disk. `create` makes
  // a missing file with mode 0600.
  static absl::StatusOr<std::unique_ptr<SqliteFile>> Open(
      const std::string& path, bool create);
  ~SqliteFile();
  SqliteFile(const SqliteFile&) = delete;
  SqliteFile& operator=(const SqliteFile&) = delete;

  // A statement without parameters or results.
  absl::Status Execute(const char* sql);
  // Parameters are bound as blobs in order. The first column of the first row
  // as bytes; nullopt when there is no row. Statements are prepared once.
  absl::StatusOr<std::optional<std::string>> Query(
      const char* sql, std::span<const std::string_view> parameters);

 private:
  SqliteFile() = default;
  absl::Status Error(int code) const;

  std::string path_;
  sqlite3* db_ = nullptr;
  std::map<const char*, sqlite3_stmt*> statements_;  // by address of the text
};

}  // namespace phiwire

#endif  // PHIWIRE_ANONYMIZERS_SQLITE_FILE_H_
