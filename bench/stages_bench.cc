// SPDX-License-Identifier: Apache-2.0
//
// Where the time of a note goes: each stage by itself through the engine's own
// interfaces, the pipeline as it runs, and the library's calls around it. The
// counters are nanoseconds a document and sum to
// "text", the whole way:
//
//   canonical scan tokenise confirm weigh embedded   stages, clocked here
//   rest        of the pipeline: its time without clocks, less the stages'
//   around      Analyze less the pipeline: lists, lease of the working memory
//   replace     Text less Analyze: anonymizers and the output
//
// Each is the best of some rounds a document, which leaves out what else the
// machine did. Differences may come out a little under 0.

#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <limits>
#include <memory>
#include <string>
#include <vector>

#include "bench/fixture.h"
#include "engine/embedded.h"

namespace phiwire::bench {
namespace {

using Clock = std::chrono::steady_clock;
constexpr int kRounds = 5;
constexpr std::size_t kMaxHits = std::size_t{1} << 24;

enum Part {
  kCanonical,
  kScan,
  kTokenise,
  kConfirm,
  kWeigh,
  kEmbedded,
  kPipeline,
  kAnalyze,
  kText,
  kParts
};
using Times = std::array<double, kParts>;  // nanoseconds

class Stages {
 public:
  Stages(const Pipeline& pipeline, const Deidentifier& deid)
      : pipeline_(pipeline),
        parts_(pipeline.parts()),
        deid_(deid),
        hs_(parts_.database->NewScratch()),
        words_(*parts_.lexicon, *parts_.classes),
        weigher_(parts_.weigher->NewScratch()),
        scratch_(pipeline.NewScratch()) {}

  bool ok() const { return ok_ && hs_.ok() && scratch_.ok(); }

  // Each on its own pass over the texts: one that has just been read is read
  // faster the second time.
  void Clocked(const std::string& text, Times* times) {
    Clock::time_point last = Clock::now();
    const auto lap = [&](Part part) {
      const Clock::time_point now = Clock::now();
      Keep(part, now - last, times);
      last = now;
    };
    Check(canonical_.Assign(text));
    document_.Start(canonical_.text());
    lap(kCanonical);
    Check(parts_.database->Scan(document_.text, &*hs_, kMaxHits,
                                &document_.hits));
    lap(kScan);
    Tokenize(&words_, &document_);
    lap(kTokenise);
    Check(parts_.confirmer->Confirm(&document_));
    lap(kConfirm);
    findings_.clear();
    Check(parts_.weigher->Weigh(document_, {}, weigher_.get(), &findings_));
    lap(kWeigh);
    benchmark::DoNotOptimize(
        FindEmbedded(document_.text, document_.long_runs, 1));
    lap(kEmbedded);
  }

  void Whole(Part part, const std::string& text, Times* times) {
    const Clock::time_point begin = Clock::now();
    if (part == kPipeline) {
      Check(pipeline_.Run(text, {}, {}, scratch_->get(), &findings_));
    } else if (part == kAnalyze) {
      Check(deid_.Analyze(text).status());
    } else {
      Check(deid_.Text(text).status());
    }
    Keep(part, Clock::now() - begin, times);
  }

 private:
  void Check(const absl::Status& status) { ok_ = ok_ && status.ok(); }
  static void Keep(Part part, Clock::duration took, Times* times) {
    (*times)[part] = std::min(
        (*times)[part], std::chrono::duration<double, std::nano>(took).count());
  }

  const Pipeline& pipeline_;
  const Pipeline::Parts& parts_;
  const Deidentifier& deid_;
  absl::StatusOr<HsScratch> hs_;
  WordTable words_;
  std::unique_ptr<Weigher::Scratch> weigher_;
  absl::StatusOr<std::unique_ptr<Pipeline::Scratch>> scratch_;
  CanonicalText canonical_;
  Document document_;
  std::vector<Finding> findings_;
  bool ok_ = true;
};

Times BestSum(Stages* stages, const std::vector<std::string>& files) {
  std::vector<Times> best(files.size());
  for (Times& times : best) {
    times.fill(std::numeric_limits<double>::infinity());
  }
  for (int round = 0; round < kRounds; ++round) {
    for (std::size_t i = 0; i < files.size(); ++i) {
      stages->Clocked(files[i], &best[i]);
    }
    for (const Part part : {kPipeline, kAnalyze, kText}) {
      for (std::size_t i = 0; i < files.size(); ++i) {
        stages->Whole(part, files[i], &best[i]);
      }
    }
  }
  Times sum = {};
  for (const Times& times : best) {
    for (std::size_t part = 0; part < kParts; ++part) sum[part] += times[part];
  }
  return sum;
}

void StageTimes(benchmark::State& state, const Scenario& scenario) {
  const Pipeline* pipeline = SharedPipeline(state);
  const Deidentifier* deid = SharedDeidentifier(state);
  if (pipeline == nullptr || deid == nullptr) return;
  const Input& input = InputOf(scenario);
  Stages stages(*pipeline, *deid);
  if (!stages.ok()) return state.SkipWithError("no working memory");
  Times sum = {};
  for (auto _ : state) sum = BestSum(&stages, input.files);
  if (!stages.ok()) return state.SkipWithError("refused");
  const auto count = [&](const char* name, double nanoseconds) {
    state.counters[name] =
        nanoseconds / static_cast<double>(input.files.size());
  };
  double clocked = 0;
  constexpr std::array<const char*, kPipeline> kNames = {
      "canonical", "scan", "tokenise", "confirm", "weigh", "embedded"};
  for (std::size_t part = 0; part < kPipeline; ++part) {
    count(kNames[part], sum[part]);
    clocked += sum[part];
  }
  count("rest", sum[kPipeline] - clocked);
  count("around", sum[kAnalyze] - sum[kPipeline]);
  count("replace", sum[kText] - sum[kAnalyze]);
  count("text", sum[kText]);
}

}  // namespace

void RegisterStages() {
  for (const Scenario& scenario : Scenarios()) {
    if (scenario.format != Format::kText) continue;
    benchmark::RegisterBenchmark(
        ("stages/" + std::string(scenario.name)).c_str(),
        [&scenario](benchmark::State& state) { StageTimes(state, scenario); })
        ->Iterations(1)
        ->Unit(benchmark::kMillisecond);
  }
}

}  // namespace phiwire::bench
