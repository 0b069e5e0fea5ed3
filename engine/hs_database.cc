// SPDX-License-Identifier: Apache-2.0

#include "engine/hs_database.h"

#include <hs/hs.h>

#include <cstdint>
#include <cstdlib>
#include <optional>
#include <utility>

#include "base/status_macros.h"
#include "base/strings.h"
#include "engine/hs_cache.h"

namespace phiwire {
namespace {

// A site's rules may come from anywhere: bound what the compiler is fed.
constexpr std::size_t kMaxPatternBytes = 2'000;
constexpr std::size_t kMaxPatterns = 20'000;
constexpr std::size_t kMaxTextBytes = std::size_t{1} << 31;

std::string HsCode(hs_error_t code) { return std::to_string(code); }

absl::Status CheckSpec(const PatternSpec& spec) {
  const auto fail = [&](std::string_view what) {
    return absl::InvalidArgumentError(
        Concat({"pattern ", spec.id, ": ", what}));
  };
  if (spec.regex.empty()) return fail("is empty");
  if (spec.regex.size() > kMaxPatternBytes) return fail("is over 2000 bytes");
  for (char c : spec.regex) {
    if (static_cast<unsigned char>(c) >= 0x80 || c == '\0') {
      return fail("holds bytes other than ASCII; write them as \\xHH");
    }
  }
  return absl::OkStatus();
}

absl::Status CheckSpecs(std::span<const PatternSpec> specs) {
  if (specs.empty()) return absl::InvalidArgumentError("no patterns");
  if (specs.size() > kMaxPatterns) {
    return absl::InvalidArgumentError("over 20000 patterns");
  }
  for (const PatternSpec& spec : specs) {
    PHIWIRE_RETURN_IF_ERROR(CheckSpec(spec));
  }
  return absl::OkStatus();
}

struct Handles {
  std::vector<const char*> regexes;
  std::vector<unsigned> flags;
  std::vector<unsigned> ids;
};

Handles HandlesOf(std::span<const PatternSpec> specs) {
  Handles h;
  for (const PatternSpec& spec : specs) {
    h.ids.push_back(static_cast<unsigned>(h.ids.size()));
    h.regexes.push_back(spec.regex.c_str());
    h.flags.push_back(spec.caseless ? HS_FLAG_CASELESS : 0);
  }
  return h;
}

absl::StatusOr<hs_database*> CompileAll(std::span<const PatternSpec> specs,
                                        const hs_platform_info_t& platform) {
  const Handles h = HandlesOf(specs);
  hs_database_t* db = nullptr;
  hs_compile_error_t* error = nullptr;
  const hs_error_t code =
      hs_compile_multi(h.regexes.data(), h.flags.data(), h.ids.data(),
                       static_cast<unsigned>(specs.size()), HS_MODE_BLOCK,
                       &platform, &db, &error);
  if (code == HS_SUCCESS) return db;
  const int index = error != nullptr ? error->expression : -1;
  const std::string words = error != nullptr && error->message != nullptr
                                ? error->message
                                : "error " + HsCode(code);
  hs_free_compile_error(error);
  if (index < 0 || static_cast<std::size_t>(index) >= specs.size()) {
    return absl::InvalidArgumentError(Concat({"patterns: ", words}));
  }
  return absl::InvalidArgumentError(Concat(
      {"pattern ", specs[static_cast<std::size_t>(index)].id, ": ", words}));
}

// nullptr when the cache has none that fits.
hs_database* FromCache(std::string_view dir, std::string_view key) {
  const std::optional<std::string> payload = ReadHsCache(dir, key);
  hs_database_t* db = nullptr;
  if (!payload || hs_deserialize_database(payload->data(), payload->size(),
                                          &db) != HS_SUCCESS) {
    return nullptr;
  }
  return db;
}

void ToCache(const hs_database* db, std::string_view dir,
             std::string_view key) {
  char* bytes = nullptr;
  std::size_t size = 0;
  if (hs_serialize_database(db, &bytes, &size) != HS_SUCCESS) return;
  // Hyperscan's default allocator is malloc.
  const std::unique_ptr<char, decltype(&std::free)> owner(bytes, &std::free);
  WriteHsCache(dir, key, std::string_view(bytes, size));
}

struct Sink {
  std::vector<Hit>* hits;
  std::size_t first;
  std::size_t max;
};

bool Before(const Hit& a, const Hit& b) {
  return a.end != b.end ? a.end < b.end : a.pattern < b.pattern;
}

// Hyperscan reports in order of end, patterns of one end in any order and
// sometimes twice; keeping (end, pattern) order makes results the same on
// every CPU. Only hits of one end ever move.
int OnMatch(unsigned id, unsigned long long, unsigned long long end, unsigned,
            void* context) {
  Sink& sink = *static_cast<Sink*>(context);
  std::vector<Hit>& hits = *sink.hits;
  const Hit hit{id, static_cast<std::uint32_t>(end)};
  std::size_t at = hits.size();
  while (at > sink.first && Before(hit, hits[at - 1])) --at;
  if (at > sink.first && !Before(hits[at - 1], hit)) return 0;
  if (hits.size() - sink.first >= sink.max) return 1;
  hits.insert(hits.begin() + static_cast<std::ptrdiff_t>(at), hit);
  return 0;
}

}  // namespace

absl::StatusOr<HsDatabase> HsDatabase::Compile(
    std::span<const PatternSpec> specs, std::string_view cache_dir) {
  PHIWIRE_RETURN_IF_ERROR(CheckSpecs(specs));
  hs_platform_info_t platform = {};
  if (hs_valid_platform() != HS_SUCCESS ||
      hs_populate_platform(&platform) != HS_SUCCESS) {
    return absl::FailedPreconditionError("this CPU has no SSSE3");
  }
  HsDatabase out;
  out.pattern_count_ = specs.size();
  std::string key;
  if (!cache_dir.empty()) {
    key = HsCacheKey(specs, hs_version(),
                     Concat({std::to_string(platform.tune), "/",
                             std::to_string(platform.cpu_features)}));
    out.db_ = FromCache(cache_dir, key);
    out.from_cache_ = out.db_ != nullptr;
  }
  if (out.db_ == nullptr) {
    PHIWIRE_ASSIGN_OR_RETURN(out.db_, CompileAll(specs, platform));
    if (!cache_dir.empty()) ToCache(out.db_, cache_dir, key);
  }
  return out;
}

HsDatabase::HsDatabase(HsDatabase&& other) noexcept
    : db_(std::exchange(other.db_, nullptr)),
      pattern_count_(std::exchange(other.pattern_count_, 0)),
      from_cache_(other.from_cache_) {}

HsDatabase& HsDatabase::operator=(HsDatabase&& other) noexcept {
  std::swap(db_, other.db_);
  std::swap(pattern_count_, other.pattern_count_);
  std::swap(from_cache_, other.from_cache_);
  return *this;
}

HsDatabase::~HsDatabase() { hs_free_database(db_); }

absl::StatusOr<HsScratch> HsDatabase::NewScratch() const {
  HsScratch scratch;
  const hs_error_t code = hs_alloc_scratch(db_, &scratch.scratch_);
  if (code == HS_NOMEM) {
    return absl::ResourceExhaustedError("no memory for the pattern scratch");
  }
  if (code != HS_SUCCESS) {
    return absl::InternalError("pattern scratch: error " + HsCode(code));
  }
  return scratch;
}

absl::Status HsDatabase::Scan(std::string_view text, HsScratch* scratch,
                              std::size_t max_hits,
                              std::vector<Hit>* hits) const {
  if (text.size() >= kMaxTextBytes) {
    return absl::OutOfRangeError("text of 2 GiB or more");
  }
  if (db_ == nullptr || scratch == nullptr || scratch->scratch_ == nullptr) {
    return absl::InternalError("pattern scan without database or scratch");
  }
  // No pattern matches the empty text: Compile refuses those that would.
  if (text.empty()) return absl::OkStatus();
  Sink sink{hits, hits->size(), max_hits};
  const hs_error_t code =
      hs_scan(db_, text.data(), static_cast<unsigned>(text.size()), 0,
              scratch->scratch_, &OnMatch, &sink);
  if (code == HS_SCAN_TERMINATED) {
    return absl::OutOfRangeError(
        Concat({"over ", std::to_string(max_hits), " pattern hits"}));
  }
  if (code != HS_SUCCESS) {
    return absl::InternalError("pattern scan: error " + HsCode(code));
  }
  return absl::OkStatus();
}

std::size_t HsDatabase::database_bytes() const {
  std::size_t size = 0;
  return hs_database_size(db_, &size) == HS_SUCCESS ? size : 0;
}

HsScratch::HsScratch(HsScratch&& other) noexcept
    : scratch_(std::exchange(other.scratch_, nullptr)) {}

HsScratch& HsScratch::operator=(HsScratch&& other) noexcept {
  std::swap(scratch_, other.scratch_);
  return *this;
}

HsScratch::~HsScratch() { hs_free_scratch(scratch_); }

}  // namespace phiwire
