// SPDX-License-Identifier: Apache-2.0
//
// Scratch space handed out to whichever thread asks and taken back after use,
// so that there are never more than threads at work at once. What is kept from
// record to record: the engine's working memory, short texts it has seen, and
// the room of lists.

#ifndef PHIWIRE_POLICY_SCRATCH_POOL_H_
#define PHIWIRE_POLICY_SCRATCH_POOL_H_

#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "engine/pipeline.h"
#include "phiwire/finding.h"
#include "policy/replacement.h"
#include "policy/short_texts.h"

namespace phiwire {

struct RecordScratch {
  std::unique_ptr<Pipeline::Scratch> engine;
  ShortTexts short_texts;
  std::vector<Finding> inside;  // of one field
  // Of a record that is in no other.
  std::vector<Found> found;
  std::vector<Edit> edits;
};

class ScratchPool {
 public:
  explicit ScratchPool(const Pipeline& pipeline) : pipeline_(pipeline) {}

  class Lease {
   public:
    Lease(ScratchPool* pool, std::unique_ptr<RecordScratch> scratch)
        : pool_(pool), scratch_(std::move(scratch)) {}
    Lease(Lease&&) = default;
    Lease& operator=(Lease&&) = delete;
    ~Lease() {
      if (scratch_ != nullptr) pool_->Return(std::move(scratch_));
    }
    RecordScratch* get() const { return scratch_.get(); }

   private:
    ScratchPool* pool_;
    std::unique_ptr<RecordScratch> scratch_;
  };

  absl::StatusOr<Lease> Take() {
    {
      const std::lock_guard lock(mutex_);
      if (!free_.empty()) {
        Lease lease(this, std::move(free_.back()));
        free_.pop_back();
        return lease;
      }
    }
    absl::StatusOr<std::unique_ptr<Pipeline::Scratch>> made =
        pipeline_.NewScratch();
    if (!made.ok()) return made.status();
    auto scratch = std::make_unique<RecordScratch>();
    scratch->engine = *std::move(made);
    return Lease(this, std::move(scratch));
  }

 private:
  void Return(std::unique_ptr<RecordScratch> scratch) {
    const std::lock_guard lock(mutex_);
    free_.push_back(std::move(scratch));
  }

  const Pipeline& pipeline_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<RecordScratch>> free_;
};

}  // namespace phiwire

#endif  // PHIWIRE_POLICY_SCRATCH_POOL_H_
