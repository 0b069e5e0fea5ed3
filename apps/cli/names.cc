// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/names.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>

#include "base/ascii.h"
#include "base/fold.h"
#include "base/status_macros.h"
#include "policy/data_dir.h"

namespace phiwire::cli {
namespace {

// More may be a record number or a date.
constexpr std::ptrdiff_t kMaxDigits = 5;
// Letters that stand alone; more may spell a name.
constexpr int kMaxInitials = 3;
// Log-scaled bearers (base/lexicon.h) from which a word counts as a name:
// "record" and "files" stay below, "root" and "may" do not.
constexpr int kFirstName = 8;
constexpr int kLastName = 9;
constexpr std::size_t kRemembered = 1000;  // verdicts

// Of ASCII, or a byte of any letter beyond it.
bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         static_cast<unsigned char>(c) >= 0x80;
}
// What may be shown and kept behind a name that may not; sorted. Anything else
// behind a dot is part of the name: "visit.jones", "visit.doe1".
constexpr std::string_view kEndings[] = {
    "7z",     "bz2",  "ccda",  "cda",  "csv",      "dat", "doc",  "docx",
    "edi",    "eml",  "er7",   "fhir", "gz",       "hl7", "htm",  "html",
    "ini",    "json", "jsonl", "log",  "markdown", "md",  "mllp", "msg",
    "ndjson", "note", "notes", "out",  "pdf",      "rtf", "sql",  "tab",
    "text",   "tsv",  "txt",   "x12",  "xhtml",    "xls", "xlsx", "xml",
    "yaml",   "yml",  "zip",   "zst"};
static_assert(std::is_sorted(std::begin(kEndings), std::end(kEndings)));

// ".txt", ".hl7", ".7z"; empty when it is none of the above.
std::string_view LastExtension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const bool known = std::binary_search(
      std::begin(kEndings), std::end(kEndings), Folded(name.substr(dot + 1)));
  return known ? name.substr(dot) : std::string_view();
}

absl::StatusOr<Lexicon> OpenLexicon() {
  PHIWIRE_ASSIGN_OR_RETURN(const std::string dir, FindDataDir(""));
  return Lexicon::Open(dir + "/lexicon.bin");
}

}  // namespace

std::string_view Extension(std::string_view name) {
  const std::string_view last = LastExtension(name);
  const std::string folded = Folded(last);
  if (folded != ".gz" && folded != ".zst") return last;
  const std::string_view inner =
      LastExtension(name.substr(0, name.size() - last.size()));
  return name.substr(name.size() - last.size() - inner.size());
}

std::string_view Stem(std::string_view name) {
  return name.substr(0, name.size() - Extension(name).size());
}

bool NameFilter::IsPlainWord(std::string_view word) const {
  if (word.size() < 2) return true;
  const std::string folded = Folded(word);
  if (folded.size() > 255) return false;  // longer than any word of it
  const LexEntry entry = (*lexicon_)->Find(
      HashWord(folded), static_cast<std::uint8_t>(folded.size()));
  const bool dictionary = (entry.flags & kLexDictionary) != 0;
  const bool known = dictionary || entry.zipf > 0 || entry.medical > 0;
  const bool place = entry.city > 0 && !dictionary;
  return known && !place && entry.first < kFirstName && entry.last < kLastName;
}

bool NameFilter::Judge(std::string_view name) {
  if (!lexicon_) lexicon_ = OpenLexicon();
  bool safe = lexicon_->ok() &&
              std::count_if(name.begin(), name.end(), IsDigit) <= kMaxDigits;
  int initials = 0;
  for (std::size_t i = 0; safe && i < name.size();) {
    std::size_t end = i;
    while (end < name.size() && IsLetter(name[end])) ++end;
    initials += end - i == 1 ? 1 : 0;
    safe = initials <= kMaxInitials && IsPlainWord(name.substr(i, end - i));
    i = std::max(end, i + 1);
  }
  return safe;
}

bool NameFilter::IsSafe(std::string_view name) {
  if (raw_) return true;
  const auto verdict = verdicts_.find(name);
  if (verdict != verdicts_.end()) return verdict->second;
  if (verdicts_.size() >= kRemembered) verdicts_.clear();
  const bool safe = Judge(name);
  verdicts_.emplace(name, safe);
  return safe;
}

std::string NameFilter::Shown(std::string_view path) {
  std::string shown;
  while (!path.empty()) {
    const std::size_t slash = std::min(path.find('/'), path.size());
    const std::string_view name = path.substr(0, slash);
    const bool dots = name.empty() || name == "." || name == "..";
    if (dots || IsSafe(Stem(name))) {
      shown.append(name);
    } else {
      shown.append("*").append(Extension(name));
    }
    if (slash < path.size()) shown.push_back('/');
    path.remove_prefix(std::min(slash + 1, path.size()));
  }
  return shown;
}

std::string ShownName(const Input& input, NameFilter* filter) {
  if (input.path == "-") return "standard input";
  return filter->raw() ? input.path : filter->Shown(input.relative);
}

}  // namespace phiwire::cli
