// SPDX-License-Identifier: Apache-2.0
//
// Where compiled pattern databases are kept between runs: a folder with one
// file a key. A file is a magic line, the SHA-256 of its payload and the
// payload; it is read only when it is a regular file of this user that nobody
// else may write, and only when the digest fits. Files are written under a
// temporary name with mode 0600 and renamed, so a reader never sees half of
// one. Nothing here is an error: what can't be read is compiled anew, what
// can't be written is not kept. Functions are safe from any thread and process.

#ifndef PHIWIRE_ENGINE_HS_CACHE_H_
#define PHIWIRE_ENGINE_HS_CACHE_H_

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/stages.h"

namespace phiwire {

// 64 hex digits over the patterns, Hyperscan's version and the platform it
// compiles for. `platform` is what the caller knows of the CPU.
std::string HsCacheKey(std::span<const PatternSpec> specs,
                       std::string_view hs_version, std::string_view platform);

// The payload kept under key, or nothing.
std::optional<std::string> ReadHsCache(std::string_view dir,
                                       std::string_view key);

// Whether it was kept. Makes the folder (mode 0700) when it is missing.
bool WriteHsCache(std::string_view dir, std::string_view key,
                  std::string_view payload);

}  // namespace phiwire

#endif  // PHIWIRE_ENGINE_HS_CACHE_H_
