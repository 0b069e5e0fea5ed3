// SPDX-License-Identifier: Apache-2.0
//
// Many independent calls over a few threads, results in order.
//
//   Batch<Output> batch(texts.size());
//   batch.Run(threads, [&](std::size_t i) { return deid.Text(texts[i]); });
//   if (batch.error()) ...  // of the lowest index that failed
//
// The first failure stops the hand-out of further items. Items are handed out
// in order and one begun is finished, so the error reported is that of the
// lowest failing index however many threads run.
// Threads: one Run at a time; f is called from several threads at once and
// must not throw.

#ifndef PHIWIRE_PYTHON_BINDINGS_BATCH_H_
#define PHIWIRE_PYTHON_BINDINGS_BATCH_H_

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <optional>
#include <system_error>
#include <thread>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/status/statusor.h"

namespace phiwire::python {

struct BatchError {
  std::size_t index = 0;
  absl::Status status;
};

template <typename T>
class Batch {
 public:
  explicit Batch(std::size_t size) : results_(size), statuses_(size) {}

  // threads 0: one a processor.
  template <typename F>
  void Run(std::size_t threads, const F& f) {
    if (threads == 0) threads = std::thread::hardware_concurrency();
    threads = std::clamp<std::size_t>(
        threads, 1, std::max<std::size_t>(results_.size(), 1));
    std::atomic<std::size_t> next{0};
    std::atomic<bool> failed{false};
    const auto work = [&] {
      while (!failed) {
        const std::size_t i = next++;
        if (i >= results_.size()) return;
        absl::StatusOr<T> result = f(i);
        statuses_[i] = result.status();
        if (result.ok()) {
          results_[i] = *std::move(result);
        } else {
          failed = true;
        }
      }
    };
    std::vector<std::jthread> pool;
    pool.reserve(threads);
    try {
      for (std::size_t t = 1; t < threads; ++t) pool.emplace_back(work);
    } catch (const std::system_error&) {
      // No more threads to be had: those there are do the work.
    }
    work();
  }

  std::optional<BatchError> error() const {
    for (std::size_t i = 0; i < statuses_.size(); ++i) {
      if (!statuses_[i].ok()) return BatchError{i, statuses_[i]};
    }
    return std::nullopt;
  }

  std::vector<T> results() && { return std::move(results_); }

 private:
  std::vector<T> results_;
  std::vector<absl::Status> statuses_;
};

}  // namespace phiwire::python

#endif  // PHIWIRE_PYTHON_BINDINGS_BATCH_H_
