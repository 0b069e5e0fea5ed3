// SPDX-License-Identifier: Apache-2.0
//
// X12 EDI: puts splitter, reader and writer together. See docs/x12.md.

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/status_macros.h"
#include "formats/formats.h"
#include "formats/x12/delimiters.h"
#include "formats/x12/reader.h"
#include "formats/x12/rulebook.h"
#include "formats/x12/splitter.h"

namespace phiwire {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

absl::StatusOr<x12::Delimiters> DelimitersOf(std::string_view head) {
  std::size_t at = head.substr(0, kBom.size()) == kBom ? kBom.size() : 0;
  at = x12::SkipBlanks(head, at);
  if (!x12::IsIsaAt(head, at)) {
    return absl::DataLossError("no ISA segment at the start");
  }
  return x12::ReadIsa(head.substr(at));
}

// A file whose delimiters are known.
class X12File final : public FormatReader {
 public:
  X12File(const x12::Delimiters& d, const x12::Rulebook& rules)
      : delimiters_(d), rules_(rules) {}

  std::string_view name() const override { return "x12"; }
  bool streams() const override { return true; }

  std::size_t Cut(std::string_view bytes) const override {
    return x12::SplitRecords(bytes, delimiters_).certain;
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    return x12::SplitRecords(file, delimiters_).records;
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    if (x12::IsIsaAt(record, 0)) {
      PHIWIRE_ASSIGN_OR_RETURN(const x12::Delimiters own, x12::ReadIsa(record));
      if (own != delimiters_) {
        return absl::DataLossError(
            "an interchange with other delimiters than the first");
      }
    }
    return x12::ReadFields(record, delimiters_, rules_);
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    return x12::WriteEdits(record, delimiters_, rules_, edits);
  }

 private:
  x12::Delimiters delimiters_;
  x12::Rulebook rules_;
};

// Before a file is opened. Split alone can tell the delimiters.
class X12Format final : public FormatReader {
 public:
  explicit X12Format(x12::Rulebook rules) : rules_(std::move(rules)) {}

  std::string_view name() const override { return "x12"; }

  absl::StatusOr<std::unique_ptr<const FormatReader>> Open(
      std::string_view head, bool whole) const override {
    if (whole && head.find_first_not_of(" \t\r\n") == std::string_view::npos) {
      return std::unique_ptr<const FormatReader>();  // blank: no records
    }
    PHIWIRE_ASSIGN_OR_RETURN(const x12::Delimiters d, DelimitersOf(head));
    return std::make_unique<const X12File>(d, rules_);
  }

  absl::StatusOr<std::vector<RecordRange>> Split(
      std::string_view file) const override {
    PHIWIRE_ASSIGN_OR_RETURN(const auto own, Open(file, /*whole=*/true));
    if (own == nullptr) return std::vector<RecordRange>();
    return own->Split(file);
  }

  absl::StatusOr<RecordFields> Fields(std::string_view record) const override {
    static_cast<void>(record);
    return absl::FailedPreconditionError("an X12 file is opened first");
  }

  absl::StatusOr<std::string> Splice(
      std::string_view record, std::span<const Edit> edits) const override {
    static_cast<void>(record);
    static_cast<void>(edits);
    return absl::FailedPreconditionError("an X12 file is opened first");
  }

 private:
  x12::Rulebook rules_;
};

}  // namespace

NewReader NewX12Format(SiteRules site) {
  PHIWIRE_ASSIGN_OR_RETURN(x12::Rulebook rules, x12::Rulebook::Create(site));
  return std::make_unique<X12Format>(std::move(rules));
}

}  // namespace phiwire
