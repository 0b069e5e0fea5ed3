// SPDX-License-Identifier: Apache-2.0

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/status_macros.h"
#include "formats/detect.h"
#include "phiwire/deidentifier.h"
#include "policy/deidentifier_impl.h"

namespace phiwire {

class FileDeidentifier::Impl {
 public:
  static absl::StatusOr<std::unique_ptr<const Impl>> Open(
      const RecordDeidentifier& records, std::string_view head, bool whole,
      Format format) {
    if (format == Format::kAuto) format = DetectFormat(head).format;
    PHIWIRE_ASSIGN_OR_RETURN(auto own,
                             records.Reader(format).Open(head, whole));
    return std::make_unique<const Impl>(records, format, std::move(own));
  }

  Impl(const RecordDeidentifier& records, Format format,
       std::unique_ptr<const FormatReader> own)
      : records_(records),
        format_(format),
        own_(std::move(own)),
        reader_(own_ != nullptr ? *own_ : records.Reader(format)) {}

  Format format() const { return format_; }
  const FormatReader& reader() const { return reader_; }

  absl::StatusOr<FileOutput> Deidentify(std::string_view bytes,
                                        const RecordOptions& about) const {
    return ForRecords(bytes, {}, about, /*write=*/true);
  }

  absl::StatusOr<FileOutput> Analyze(std::string_view bytes,
                                     const AnalyzeOptions& options) const {
    return ForRecords(bytes, options, {}, /*write=*/false);
  }

 private:
  // A record that is refused is left out and listed.
  absl::StatusOr<FileOutput> ForRecords(std::string_view bytes,
                                        const AnalyzeOptions& options,
                                        const RecordOptions& about,
                                        bool write) const {
    FileOutput out;
    out.format = format_;
    PHIWIRE_ASSIGN_OR_RETURN(const std::vector<RecordRange> records,
                             reader_.Split(bytes));
    if (write) out.text.reserve(bytes.size() + bytes.size() / 8);
    std::size_t copied = 0;
    for (const RecordRange& range : records) {
      if (out.records == kSample) Reserve(bytes.size(), copied, &out);
      ++out.records;
      if (write) out.text.append(bytes, copied, range.begin - copied);
      copied = range.end;
      absl::Status status = records_.Record(
          format_, reader_, bytes.substr(range.begin, range.end - range.begin),
          options, about, {&out, range.begin, out.records, write});
      if (!status.ok()) {
        out.refusals.push_back(
            {out.records, range.begin, range.end, std::move(status)});
      }
    }
    if (write) out.text.append(bytes, copied);
    return out;
  }

  // Room for what the rest may give, by the first records.
  static constexpr std::size_t kSample = 16;
  static void Reserve(std::size_t size, std::size_t done, FileOutput* out) {
    const std::size_t times = 1 + size / std::max<std::size_t>(done, 1);
    out->findings.reserve(out->findings.size() * times);
  }

  const RecordDeidentifier& records_;
  Format format_;
  std::unique_ptr<const FormatReader> own_;  // null: the format's own
  const FormatReader& reader_;
};

FileDeidentifier::FileDeidentifier(std::unique_ptr<const Impl> impl)
    : impl_(std::move(impl)) {}
FileDeidentifier::FileDeidentifier(FileDeidentifier&&) noexcept = default;
FileDeidentifier& FileDeidentifier::operator=(FileDeidentifier&&) noexcept =
    default;
FileDeidentifier::~FileDeidentifier() = default;

Format FileDeidentifier::format() const { return impl_->format(); }

bool FileDeidentifier::streams() const { return impl_->reader().streams(); }

std::size_t FileDeidentifier::Cut(std::string_view bytes) const {
  return impl_->reader().Cut(bytes);
}

absl::StatusOr<FileOutput> FileDeidentifier::Deidentify(
    std::string_view bytes, const RecordOptions& options) const {
  return impl_->Deidentify(bytes, options);
}

absl::StatusOr<FileDeidentifier> Deidentifier::Open(std::string_view head,
                                                    bool whole,
                                                    Format format) const {
  PHIWIRE_ASSIGN_OR_RETURN(auto impl, FileDeidentifier::Impl::Open(
                                          impl_->records, head, whole, format));
  return FileDeidentifier(std::move(impl));
}

absl::StatusOr<FileOutput> Deidentifier::File(
    std::string_view bytes, Format format, const RecordOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(const FileDeidentifier file,
                           Open(bytes, /*whole=*/true, format));
  return file.impl_->Deidentify(bytes, options);
}

absl::StatusOr<FileOutput> Deidentifier::AnalyzeFile(
    std::string_view bytes, Format format,
    const AnalyzeOptions& options) const {
  PHIWIRE_ASSIGN_OR_RETURN(const FileDeidentifier file,
                           Open(bytes, /*whole=*/true, format));
  return file.impl_->Analyze(bytes, options);
}

}  // namespace phiwire
