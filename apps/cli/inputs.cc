// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/inputs.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <string>
#include <system_error>
#include <utility>

#include "apps/cli/stop_signal.h"
#include "base/sniff.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire::cli {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOwnPrefix = ".phiwire-";

std::string Reason(int error) { return std::generic_category().message(error); }

void AddFile(const fs::path& path, const std::string& relative,
             InputList* list) {
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  Input& input = list->inputs.emplace_back();
  input.ordinal = list->inputs.size();
  input.path = path.string();
  input.relative = relative;
  input.bytes = error ? 0 : size;
}

void AddUnreadable(const fs::path& path, const std::string& relative,
                   const std::error_code& error, InputList* list) {
  AddFile(path, relative, list);
  list->inputs.back().status = absl::PermissionDeniedError(
      Concat({"the folder can't be read: ", error.message()}));
}

// `prefix` is empty or ends in '/'.
void Walk(const fs::path& folder, const std::string& prefix, InputList* list) {
  std::error_code error;
  std::vector<fs::directory_entry> entries;
  for (fs::directory_iterator it(folder, error), end; !error && it != end;
       it.increment(error)) {
    entries.push_back(*it);
  }
  if (error) {
    AddUnreadable(folder, prefix + ".", error, list);
    return;
  }
  std::sort(entries.begin(), entries.end(), [](const auto& a, const auto& b) {
    return a.path().filename().native() < b.path().filename().native();
  });
  for (const fs::directory_entry& entry : entries) {
    const std::string relative = prefix + entry.path().filename().string();
    // A manifest, a list: of a run that had this folder for its output.
    if (entry.path().filename().string().starts_with(kOwnPrefix)) continue;
    std::error_code ignored;  // gone meanwhile: nothing to read
    if (entry.is_directory(ignored)) {
      if (!entry.is_symlink(ignored)) Walk(entry.path(), relative + "/", list);
    } else if (entry.is_regular_file(ignored)) {
      AddFile(entry.path(), relative, list);
    }
  }
}

std::string FolderName(const fs::path& folder) {
  fs::path name = folder.lexically_normal();
  if (!name.has_filename()) name = name.parent_path();
  const std::string last = name.filename().string();
  return last.empty() || last == "." || last == ".." ? "input" : last;
}

}  // namespace

absl::StatusOr<InputList> ListInputs(std::span<const std::string> arguments) {
  InputList list;
  if (arguments.empty()) {
    list.inputs.push_back({1, "-", "standard-input", 0, absl::OkStatus()});
    return list;
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& argument = arguments[i];
    if (argument == "-") {
      list.inputs.push_back(
          {list.inputs.size() + 1, "-", "standard-input", 0, absl::OkStatus()});
      continue;
    }
    std::error_code error;
    const fs::file_status status = fs::status(argument, error);
    if (!fs::exists(status)) {
      return absl::NotFoundError(
          Concat({"input ", std::to_string(i + 1), ": ",
                  error ? error.message() : "no such file or folder"}));
    }
    if (fs::is_directory(status)) {
      list.any_folder = true;
      const bool alone = arguments.size() == 1;
      Walk(argument, alone ? "" : FolderName(argument) + "/", &list);
    } else {
      AddFile(argument, fs::path(argument).filename().string(), &list);
    }
  }
  return list;
}

absl::StatusOr<int> OpenInput(const Input& input) {
  if (!input.status.ok()) return input.status;
  if (input.path == "-") return STDIN_FILENO;
  const int fd = ::open(input.path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd >= 0) return fd;
  const std::string message = Concat({"can't be opened: ", Reason(errno)});
  return errno == EACCES ? absl::PermissionDeniedError(message)
                         : absl::UnavailableError(message);
}

absl::StatusOr<std::string> ReadInput(const Input& input, std::size_t limit) {
  PHIWIRE_ASSIGN_OR_RETURN(const int fd, OpenInput(input));
  std::string bytes;
  std::size_t size = 0;
  absl::Status status;
  while (true) {
    // One byte more than the file has, so that its end is seen at once.
    const std::size_t want =
        std::max<std::size_t>(size == 0 ? input.bytes + 1 : 0, 1 << 16);
    bytes.resize(size + std::min(want, limit + 1 - size));
    const ssize_t got = ::read(fd, bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR && StopSignal() == 0) continue;
    if (got < 0) {
      status =
          absl::UnavailableError(Concat({"can't be read: ", Reason(errno)}));
    }
    if (got <= 0) break;
    size += static_cast<std::size_t>(got);
    if (size > limit) {
      status = absl::OutOfRangeError(
          Concat({"larger than ", std::to_string(limit), " bytes"}));
      break;
    }
  }
  if (fd != STDIN_FILENO) ::close(fd);
  if (!status.ok()) return status;
  bytes.resize(size);
  return bytes;
}

absl::Status CheckNotBinary(std::string_view bytes) {
  const auto name = BinaryFormatName(bytes);
  if (!name) return absl::OkStatus();
  return absl::InvalidArgumentError(
      Concat({"a ", *name, " file: this version reads text only"}));
}

absl::StatusOr<DecodedText> DecodeInput(std::string_view bytes,
                                        std::string_view encoding) {
  PHIWIRE_RETURN_IF_ERROR(CheckNotBinary(bytes));
  PHIWIRE_ASSIGN_OR_RETURN(DecodedText text, ToUtf8(bytes, encoding));
  const std::size_t nul = text.utf8.find('\0');
  if (nul != std::string::npos) {
    return absl::DataLossError(
        Concat({"NUL at byte ", std::to_string(nul), ": not text"}));
  }
  return text;
}

absl::Status CheckEncoding(std::string_view encoding) {
  return ToUtf8("", encoding).status();
}

}  // namespace phiwire::cli
