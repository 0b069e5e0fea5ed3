// SPDX-License-Identifier: Apache-2.0
//
// Work in parallel, results in order: `next` is called by one thread at a
// time and gives jobs, `work` runs on up to `threads` threads, `sink` gets the
// results one at a time in the order of their jobs. At most 4 * threads
// results wait, so memory stays bounded however long the input is.
//
// `sink` returns false to stop early (a closed pipe). The calling thread is
// one of the workers; with one thread nothing is spawned. The three callables
// must not throw.

#ifndef PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_
#define PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <map>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

namespace phiwire::cli {

template <typename Job, typename Result>
class OrderedPipeline {
 public:
  using Next = std::function<std::optional<Job>()>;
  using Work = std::function<Result(Job&)>;
  using Sink = std::function<bool(Result&)>;

  OrderedPipeline(Next next, Work work, Sink sink)
      : next_(std::move(next)),
        work_(std::move(work)),
        sink_(std::move(sink)) {}

  void Run(std::size_t threads) {
    limit_ = 4 * threads;
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < threads; ++i) {
      helpers.emplace_back([this] { Worker(); });
    }
    Worker();
  }

 private:
  void Worker() {
    std::size_t ordinal = 0;
    while (std::optional<Job> job = Take(&ordinal)) {
      Result result = work_(*job);
      job.reset();
      Give(ordinal, std::move(result));
    }
  }

  std::optional<Job> Take(std::size_t* ordinal) {
    std::lock_guard source(source_mutex_);
    {
      std::unique_lock lock(sink_mutex_);
      room_.wait(lock, [&] { return stop_ || taken_ < given_ + limit_; });
      if (stop_) return std::nullopt;
    }
    std::optional<Job> job = next_();
    if (!job) return std::nullopt;
    std::lock_guard lock(sink_mutex_);
    *ordinal = taken_++;
    return job;
  }

  // Whoever brings the result that is due also hands over those after it.
  void Give(std::size_t ordinal, Result result) {
    std::lock_guard lock(sink_mutex_);
    waiting_.emplace(ordinal, std::move(result));
    while (!waiting_.empty() && waiting_.begin()->first == given_) {
      if (!stop_ && !sink_(waiting_.begin()->second)) stop_ = true;
      waiting_.erase(waiting_.begin());
      ++given_;
    }
    room_.notify_all();
  }

  Next next_;
  Work work_;
  Sink sink_;
  std::size_t limit_ = 4;
  std::mutex source_mutex_;  // taken before sink_mutex_
  std::mutex sink_mutex_;
  std::condition_variable room_;
  std::map<std::size_t, Result> waiting_;  // by ordinal
  std::size_t taken_ = 0;
  std::size_t given_ = 0;
  bool stop_ = false;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_
