// SPDX-License-Identifier: Apache-2.0
//
// Work in parallel, results in order: `next` is called by one thread at a
// time and gives jobs, `work` runs on up to `threads` threads, `sink` gets the
// results one at a time in the order of their jobs. At most 4 * threads
// results wait, or what a budget says, so memory stays bounded however long
// the input is.
//
// `sink` returns false to stop early (a closed pipe). The calling thread is
// one of the workers; with one thread nothing is spawned. The three callables
// must not throw.

#ifndef PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_
#define PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <limits>
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

  // `cost` of a job counts from when it is taken to when its result is given;
  // no job is taken while the sum has reached `most`. Then 64 * threads
  // results may wait.
  void SetBudget(std::function<std::size_t(const Job&)> cost,
                 std::size_t most) {
    cost_ = std::move(cost);
    most_ = most;
  }

  void Run(std::size_t threads) {
    limit_ = (cost_ ? 64 : 4) * threads;
    std::vector<std::jthread> helpers;
    for (std::size_t i = 1; i < threads; ++i) {
      helpers.emplace_back([this] { Worker(); });
    }
    Worker();
  }

 private:
  struct Done {
    Result result;
    std::size_t cost = 0;
  };

  void Worker() {
    std::size_t ordinal = 0;
    std::size_t cost = 0;
    while (std::optional<Job> job = Take(&ordinal, &cost)) {
      Result result = work_(*job);
      job.reset();
      Give(ordinal, {std::move(result), cost});
    }
  }

  std::optional<Job> Take(std::size_t* ordinal, std::size_t* cost) {
    std::lock_guard source(source_mutex_);
    {
      std::unique_lock lock(sink_mutex_);
      room_.wait(lock, [&] {
        return stop_ || (taken_ < given_ + limit_ && spent_ < most_);
      });
      if (stop_) return std::nullopt;
    }
    std::optional<Job> job = next_();
    if (!job) return std::nullopt;
    *cost = cost_ ? cost_(*job) : 0;
    std::lock_guard lock(sink_mutex_);
    *ordinal = taken_++;
    spent_ += *cost;
    return job;
  }

  // Whoever brings the result that is due also hands over those after it.
  void Give(std::size_t ordinal, Done done) {
    std::lock_guard lock(sink_mutex_);
    waiting_.emplace(ordinal, std::move(done));
    while (!waiting_.empty() && waiting_.begin()->first == given_) {
      Done& due = waiting_.begin()->second;
      if (!stop_ && !sink_(due.result)) stop_ = true;
      spent_ -= due.cost;
      waiting_.erase(waiting_.begin());
      ++given_;
    }
    room_.notify_all();
  }

  Next next_;
  Work work_;
  Sink sink_;
  std::function<std::size_t(const Job&)> cost_;
  std::size_t limit_ = 4;
  std::size_t most_ = std::numeric_limits<std::size_t>::max();
  std::mutex source_mutex_;  // taken before sink_mutex_
  std::mutex sink_mutex_;
  std::condition_variable room_;
  std::map<std::size_t, Done> waiting_;  // by ordinal
  std::size_t spent_ = 0;
  std::size_t taken_ = 0;
  std::size_t given_ = 0;
  bool stop_ = false;
};

}  // namespace phiwire::cli

#endif  // PHIWIRE_APPS_CLI_ORDERED_PIPELINE_H_
