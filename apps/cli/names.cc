// SPDX-License-Identifier: Apache-2.0
#include "apps/cli/names.h"

#include <algorithm>
#include <cstdio>
#include <utility>

#include "base/strings.h"

namespace phiwire::cli {
namespace {

constexpr std::size_t kMaxExtension = 5;
constexpr std::size_t kMaxDigits = 5;  // longer runs may be record numbers

bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
bool IsUpper(char c) { return c >= 'A' && c <= 'Z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }
char ToUpper(char c) {
  return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
}

// ".txt", ".hl7", ".7z": short and alphanumeric; empty otherwise.
std::string_view Extension(std::string_view name) {
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return {};
  const std::string_view extension = name.substr(dot);
  if (extension.size() < 2 || extension.size() > kMaxExtension + 1) return {};
  const auto plain = [](char c) { return IsLetter(c) || IsDigit(c); };
  const bool all = std::all_of(extension.begin() + 1, extension.end(), plain);
  const bool letter = std::any_of(extension.begin(), extension.end(), IsLetter);
  return all && letter ? extension : std::string_view();
}

std::string_view Stem(std::string_view name) {
  return name.substr(0, name.size() - Extension(name).size());
}

bool HasLongDigitRun(std::string_view name) {
  std::size_t run = 0;
  for (const char c : name) {
    run = IsDigit(c) ? run + 1 : 0;
    if (run > kMaxDigits) return true;
  }
  return false;
}

// "doeJohn_1962" -> "Doe John 1962".
std::string AsWords(std::string_view name) {
  std::string words;
  char last = ' ';
  for (const char c : name) {
    const bool letter = IsLetter(c) || static_cast<unsigned char>(c) >= 0x80;
    if (!letter && !IsDigit(c)) {
      if (last != ' ') words.push_back(' ');
      last = ' ';
      continue;
    }
    const bool camel = IsUpper(c) && IsLetter(last) && !IsUpper(last);
    const bool shape = last != ' ' && IsDigit(c) != IsDigit(last);
    if (camel || shape) words.push_back(' ');
    words.push_back(last == ' ' || camel || shape ? ToUpper(c) : c);
    last = c;
  }
  return words;
}

std::string Numbered(const char* word, std::size_t number) {
  char buffer[40];
  std::snprintf(buffer, sizeof(buffer), "%s-%04zu", word, number);
  return buffer;
}

// The name made different from all in `taken`: "a.txt", "a-2.txt", ...
std::string Unique(const std::string& path, std::set<std::string>* taken) {
  std::string name = path;
  for (std::size_t i = 2; !taken->insert(name).second; ++i) {
    const std::string_view extension = Extension(path);
    name = Concat(
        {std::string_view(path).substr(0, path.size() - extension.size()), "-",
         std::to_string(i), extension});
  }
  return name;
}

}  // namespace

bool NameFilter::IsSafe(std::string_view name) {
  if (raw_) return true;
  const auto known = verdicts_.find(name);
  if (known != verdicts_.end()) return known->second;
  bool safe = !HasLongDigitRun(name);
  std::string spaced(name);
  std::replace(spaced.begin(), spaced.end(), '_', ' ');
  for (const std::string& text : {std::string(name), spaced, AsWords(name)}) {
    if (!safe) break;
    const auto findings = deid_.Analyze(text);
    safe = findings.ok() && findings->empty();
  }
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

std::vector<std::string> OutputNames(std::span<const Input> inputs,
                                     NameFilter* filter) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  std::map<std::string, std::string> folders;  // raw path -> neutral path
  folders.emplace("", "");
  std::size_t unsafe_folders = 0;
  for (const Input& input : inputs) {
    const std::string_view relative = input.relative;
    std::string folder;  // as mirrored, ending in '/'
    std::size_t begin = 0;
    for (std::size_t slash;
         (slash = relative.find('/', begin)) != std::string_view::npos;
         begin = slash + 1) {
      const std::string raw(relative.substr(0, slash));
      const std::string_view name = relative.substr(begin, slash - begin);
      auto it = folders.find(raw);
      if (it == folders.end()) {
        const std::string shown = filter->IsSafe(name)
                                      ? std::string(name)
                                      : Numbered("folder", ++unsafe_folders);
        it = folders.emplace(raw, Concat({folder, shown, "/"})).first;
      }
      folder = it->second;
    }
    const std::string_view name = relative.substr(begin);
    const std::string shown =
        filter->IsSafe(Stem(name))
            ? std::string(name)
            : Concat({Numbered("document", input.ordinal), Extension(name)});
    names.push_back(Unique(folder + shown, &taken));
  }
  return names;
}

}  // namespace phiwire::cli
