// SPDX-License-Identifier: Apache-2.0
//
// What is done of a folder, so that an interrupted run can go on: a line a
// file in OUT/.phiwire-manifest.tsv, added once its output stands. Whoever
// reads it learns how many files there were and what became of them, nothing
// else: paths and contents are in it as HMACs only, under a key that lies in
// the user's cache folder (a plain hash of a short note could be guessed).
//
// A file is done when its path, its content, its output, and what the run was
// asked to do (policy, rules, keys, flags, version) are what they were. One
// run at a time writes to a folder: it is locked.
//
// Threads: Line and IsDone from any; Append and the rest one at a time.

#ifndef PHIWIRE_APPS_CLI_MANIFEST_H_
#define PHIWIRE_APPS_CLI_MANIFEST_H_

#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "apps/cli/content_mac.h"
#include "base/secret_key.h"

namespace phiwire::cli {

inline constexpr std::string_view kManifestName = ".phiwire-manifest.tsv";

class Manifest {
 public:
  // `key_dir`: where resume.key lies or is made. `task`: all that the outputs
  // depend on but the inputs. Unless `resume`, it begins anew.
  static absl::StatusOr<std::unique_ptr<Manifest>> Open(
      const std::string& folder, const std::string& key_dir,
      std::string_view task, bool resume);
  Manifest(const Manifest&) = delete;
  ~Manifest();

  // Whether `resume` found a manifest of the same task.
  bool resumed() const { return resumed_; }

  ContentMac InputMac() const { return input_.Copy(); }
  ContentMac OutputMac() const { return output_.Copy(); }

  // Reads both files.
  bool IsDone(const std::string& input, const std::string& output) const;

  // Empty MACs: not known, or no output.
  std::string Line(const std::string& input, const std::string& output,
                   std::string_view input_mac, std::string_view output_mac,
                   std::string_view outcome) const;
  // Whole lines, on the disk when it returns.
  absl::Status Append(std::string_view lines);

 private:
  using Mac = std::array<char, 16>;
  struct Entry {
    Mac path;
    Mac input;
    Mac output;
    bool done;
  };
  explicit Manifest(int fd) : fd_(fd) {}
  void SetKey(const SecretKey& key);
  absl::Status Begin(std::string_view head);
  void Load(std::string_view lines);
  std::string PathMac(const std::string& input,
                      const std::string& output) const;

  int fd_;
  // Told their purpose only; copied for each file.
  ContentMac path_;
  ContentMac input_;
  ContentMac output_;
  bool resumed_ = false;
  std::vector<Entry> entries_;  // by path
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_MANIFEST_H_
