// SPDX-License-Identifier: Apache-2.0

#include "rules/weights_image.h"

#include <array>
#include <cstring>
#include <memory>
#include <span>
#include <utility>

#include "base/checksum.h"
#include "base/image.h"
#include "base/mapped_file.h"
#include "base/status_macros.h"
#include "base/strings.h"

namespace phiwire {
namespace {

constexpr ImageKind kKind = {"PHIWWGTS", 1};
constexpr std::size_t kMostText = std::size_t{1} << 30;
constexpr std::size_t kLine = 64;

struct Head {
  float threshold = 0;
  std::uint32_t zeros[3] = {};
  struct {
    std::uint32_t keys = 0;
    std::uint32_t places = 0;
  } tables[4];
  std::uint32_t more_zeros[4] = {};
};
static_assert(sizeof(Head) == kLine);

template <class W>
auto TablesOf(W& w) {
  return std::array{&w.filter, &w.words, &w.whole, &w.document};
}

template <class T>
void PutArray(std::span<const T> values, std::string* out) {
  out->append(reinterpret_cast<const char*>(values.data()),
              values.size_bytes());
  out->resize((out->size() + kLine - 1) / kLine * kLine);
}

// The array at the front of *rest, which it is taken off; empty when *rest is
// too short.
template <class T>
std::span<const T> TakeArray(std::size_t count, std::string_view* rest) {
  const std::size_t bytes = (count * sizeof(T) + kLine - 1) / kLine * kLine;
  if (bytes > rest->size()) return {};
  // The body of an image is aligned to 64 bytes, and so is each array in it.
  const auto* begin = reinterpret_cast<const T*>(rest->data());
  rest->remove_prefix(bytes);
  return {begin, count};
}

}  // namespace

absl::StatusOr<std::string> MakeWeightsImage(std::string_view text,
                                             std::string_view source) {
  PHIWIRE_ASSIGN_OR_RETURN(const Weights weights, ParseWeights(text, source));
  const auto tables = TablesOf(weights);
  Head head;
  head.threshold = weights.filter_threshold;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    head.tables[t] = {static_cast<std::uint32_t>(tables[t]->size()),
                      static_cast<std::uint32_t>(tables[t]->keys().size())};
  }
  std::string body(sizeof head, '\0');
  std::memcpy(body.data(), &head, sizeof head);
  for (const WeightTable* table : tables) {
    PutArray(table->keys(), &body);
    PutArray(table->rows(), &body);
  }
  return MakeImage(kKind, Checksum(text), body);
}

std::optional<Weights> WeightsFromImage(std::string_view path,
                                        std::string_view text) {
  std::optional<Image> opened = Image::Open(path, kKind);
  if (!opened || opened->text_checksum() != Checksum(text)) return std::nullopt;
  const auto image = std::make_shared<const Image>(*std::move(opened));
  std::string_view rest = image->body();
  Head head;
  if (rest.size() < sizeof head) return std::nullopt;
  std::memcpy(&head, rest.data(), sizeof head);
  rest.remove_prefix(sizeof head);
  Weights weights;
  weights.filter_threshold = head.threshold;
  const auto tables = TablesOf(weights);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    const auto [size, places] = head.tables[t];
    const auto keys = TakeArray<std::uint32_t>(places, &rest);
    const auto rows = TakeArray<WeightTable::Row>(places, &rest);
    auto table = WeightTable::At(keys, rows, size, image);
    if (!table) return std::nullopt;
    *tables[t] = *std::move(table);
  }
  return rest.empty() ? std::optional(std::move(weights)) : std::nullopt;
}

absl::StatusOr<Weights> ReadOwnWeights(std::string_view folder) {
  const std::string path = Concat({folder, "/weights.tsv"});
  const absl::StatusOr<MappedFile> text = MappedFile::Open(path, kMostText);
  if (text.ok()) {
    auto weights =
        WeightsFromImage(Concat({folder, "/weights.bin"}), text->bytes());
    if (weights) return *std::move(weights);
  }
  return ReadWeights(path);
}

}  // namespace phiwire
