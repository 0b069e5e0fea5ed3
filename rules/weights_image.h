// SPDX-License-Identifier: Apache-2.0
//
// The weights' image (base/image.h): the four tables as they stand in memory,
// mapped in well under a millisecond where the text takes a tenth of a second.
// Made when phiwire is built, for its own weights; a site's are read as text.
//
// Body: threshold f32, 12 zero bytes, then for each of the filter, words,
// whole and document: keys u32 and places u32; 16 zero bytes; then each table's
// keys (u32 a place) and its rows (16 bytes a place), filled up to 64 bytes.

#ifndef PHIWIRE_RULES_WEIGHTS_IMAGE_H_
#define PHIWIRE_RULES_WEIGHTS_IMAGE_H_

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "rules/weights.h"

namespace phiwire {

// The image of what `text`, of a weights file, says.
absl::StatusOr<std::string> MakeWeightsImage(std::string_view text,
                                             std::string_view source);

// Nothing when there is no image, or it is damaged or of another text.
std::optional<Weights> WeightsFromImage(std::string_view path,
                                        std::string_view text);

// FOLDER/weights.tsv, by its image FOLDER/weights.bin when that fits.
absl::StatusOr<Weights> ReadOwnWeights(std::string_view folder);

}  // namespace phiwire

#endif  // PHIWIRE_RULES_WEIGHTS_IMAGE_H_
