// SPDX-License-Identifier: Apache-2.0

#include <nanobind/nanobind.h>
#include <nanobind/stl/pair.h>
#include <nanobind/stl/string.h>
#include <nanobind/stl/string_view.h>
#include <nanobind/stl/tuple.h>
#include <nanobind/stl/vector.h>

#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "python_bindings/batch.h"
#include "python_bindings/bindings.h"
#include "python_bindings/errors.h"
#include "python_bindings/own_anonymizer.h"
#include "python_bindings/text.h"

namespace phiwire::python {
namespace {

namespace nb = nanobind;
using nb::literals::operator""_a;

// start, end, type: what a caller may hand to anonymize.
using Span = std::tuple<std::size_t, std::size_t, std::string_view>;
// ordinal, start, end, code, message: the fields of phiwire.Refusal.
using RefusalTuple =
    std::tuple<std::size_t, std::size_t, std::size_t, std::string, std::string>;

// start, end, type, score, source, evidence: the fields of phiwire.Finding.
#define PHIWIRE_FINDING_SIG \
  "tuple[int, int, str, float, str, tuple[tuple[str, float], ...]]"

nb::tuple ToTuples(const std::vector<Term>& terms) {
  if (terms.empty()) return nb::tuple();
  nb::list tuples;
  for (const Term& term : terms) {
    tuples.append(nb::make_tuple(term.name, term.weight));
  }
  return nb::tuple(tuples);
}

nb::tuple ToTuple(const Finding& f, std::size_t begin, std::size_t end) {
  return nb::make_tuple(begin, end, TypeName(f.type), f.score,
                        std::string_view(f.source), ToTuples(f.evidence));
}

nb::list ToTuples(const std::vector<Finding>& findings, const PyText& text) {
  OffsetCursor cursor(text);
  nb::list tuples;
  for (const Finding& f : findings) {
    const std::size_t begin = cursor.CodePoints(f.begin);
    tuples.append(ToTuple(f, begin, cursor.CodePoints(f.end)));
  }
  return tuples;
}

// A Deidentifier and the Python objects it calls.
struct Engine : Deidentifier {
  Engine(Deidentifier deidentifier, OwnAnonymizers anonymizers)
      : Deidentifier(std::move(deidentifier)), own(std::move(anonymizers)) {}
  OwnAnonymizers own;
};

// For the collector: an anonymizer may be a method of what holds the engine.
int Traverse(PyObject* self, visitproc visit, void* arg) {
  Py_VISIT(Py_TYPE(self));
  if (!nb::inst_ready(self)) return 0;
  for (const auto& own : nb::inst_ptr<Engine>(self)->own) {
    if (const int result = own->Visit(visit, arg); result != 0) return result;
  }
  return 0;
}

int Clear(PyObject* self) {
  if (!nb::inst_ready(self)) return 0;
  for (const auto& own : nb::inst_ptr<Engine>(self)->own) own->Clear();
  return 0;
}

PyType_Slot kEngineSlots[] = {
    {Py_tp_traverse, reinterpret_cast<void*>(&Traverse)},
    {Py_tp_clear, reinterpret_cast<void*>(&Clear)},
    {0, nullptr}};

// Runs f without the GIL, so that other Python threads go on meanwhile.
template <typename F>
auto WithoutGil(F&& f) {
  nb::gil_scoped_release release;
  return Guarded(std::forward<F>(f));
}

void Init(Engine* self, const Policy& policy, std::string data_dir,
          std::string cache_dir, const nb::dict& anonymizers) {
  OwnAnonymizers own = ReadAnonymizers(anonymizers);
  Options options{std::move(data_dir), std::move(cache_dir)};
  for (const auto& one : own) {
    options.anonymizers.emplace(one->name(), one);
  }
  const Policy copy = policy;  // the Python object may change hands meanwhile
  new (self) Engine(
      Unwrap(WithoutGil([&] { return Deidentifier::Create(copy, options); }),
             Stage::kSetup),
      std::move(own));
}

nb::list Analyze(const Engine& self, nb::str str, bool explain,
                 bool near_misses) {
  const PyText text(std::move(str));
  const auto findings = Unwrap(
      WithoutGil([&] {
        return self.Analyze(text.view(),
                            {.explain = explain, .near_misses = near_misses});
      }),
      Stage::kInput);
  return ToTuples(findings, text);
}

nb::str Text(const Engine& self, nb::str str) {
  const PyText text(std::move(str));
  return ToStr(
      Unwrap(WithoutGil([&] { return self.Text(text.view()); }), Stage::kInput)
          .text);
}

std::vector<Finding> ToFindings(const std::vector<Span>& spans,
                                const PyText& text) {
  OffsetCursor cursor(text);
  std::vector<Finding> findings;
  findings.reserve(spans.size());
  for (const auto& [start, end, type] : spans) {
    Finding finding;
    const std::optional<std::size_t> begin = cursor.Bytes(start);
    const std::optional<std::size_t> limit = cursor.Bytes(end);
    if (!begin || !limit || *begin > *limit) {
      RaiseInput("a finding lies outside the text, or ends before it starts");
    }
    finding.begin = *begin;
    finding.end = *limit;
    finding.type = RequireType(type, Stage::kInput);
    finding.score = 1;
    findings.push_back(std::move(finding));
  }
  return findings;
}

nb::str Anonymize(const Engine& self, nb::str str,
                  const std::vector<Span>& spans) {
  const PyText text(std::move(str));
  std::vector<Finding> findings = ToFindings(spans, text);
  return ToStr(Unwrap(WithoutGil([&] {
                        return self.Anonymize(text.view(), std::move(findings));
                      }),
                      Stage::kInput)
                   .text);
}

// The results of one call a text, in the texts' order.
template <typename T, typename F>
std::vector<T> RunBatch(const std::vector<PyText>& texts, std::size_t threads,
                        const F& one) {
  Batch<T> batch(texts.size());
  {
    nb::gil_scoped_release release;
    batch.Run(threads, [&](std::size_t i) {
      return Guarded([&] { return one(texts[i].view()); });
    });
  }
  if (const std::optional<BatchError>& error = batch.error()) {
    Raise(error->status, Stage::kInput,
          Concat({"text ", std::to_string(error->index), ": "}));
  }
  return std::move(batch).results();
}

// References are held so that no other thread can free a str meanwhile.
std::vector<PyText> Hold(const nb::list& list) {
  std::vector<PyText> texts;
  texts.reserve(list.size());
  for (std::size_t i = 0; i < list.size(); ++i) {
    nb::object item = list[i];
    if (!nb::isinstance<nb::str>(item)) {
      throw nb::type_error("texts must be a list of str");
    }
    texts.emplace_back(nb::borrow<nb::str>(item));
  }
  return texts;
}

nb::list Texts(const Engine& self, const nb::list& list, std::size_t threads) {
  const std::vector<PyText> texts = Hold(list);
  const auto outputs = RunBatch<Output>(
      texts, threads, [&](std::string_view text) { return self.Text(text); });
  nb::list result;
  for (const Output& output : outputs) result.append(ToStr(output.text));
  return result;
}

nb::list AnalyzeTexts(const Engine& self, const nb::list& list,
                      std::size_t threads, bool explain) {
  const std::vector<PyText> texts = Hold(list);
  const auto found = RunBatch<std::vector<Finding>>(
      texts, threads, [&](std::string_view text) {
        return self.Analyze(text, {.explain = explain});
      });
  nb::list result;
  for (std::size_t i = 0; i < found.size(); ++i) {
    result.append(ToTuples(found[i], texts[i]));
  }
  return result;
}

Format RequireFormat(std::string_view name) {
  const std::optional<Format> format = ParseFormat(name);
  if (!format) {
    Raise(absl::InvalidArgumentError("format must be auto, text, log or hl7"),
          Stage::kInput);
  }
  return *format;
}

std::vector<RefusalTuple> ToTuples(const std::vector<Refusal>& refusals) {
  std::vector<RefusalTuple> tuples;
  tuples.reserve(refusals.size());
  for (const Refusal& r : refusals) {
    tuples.emplace_back(r.ordinal, r.begin, r.end,
                        absl::StatusCodeToString(r.status.code()),
                        std::string(ToStd(r.status.message())));
  }
  return tuples;
}

using FileTuple = std::tuple<nb::bytes, nb::list, std::vector<RefusalTuple>,
                             std::size_t, std::string_view>;

FileTuple File(const Engine& self, const nb::bytes& data,
               std::string_view format_name) {
  const std::string_view bytes(data.c_str(), data.size());
  const Format format = RequireFormat(format_name);
  const FileOutput out = Unwrap(
      WithoutGil([&] { return self.File(bytes, format); }), Stage::kInput);
  nb::list findings;
  for (const Finding& f : out.findings) {
    findings.append(ToTuple(f, f.begin, f.end));
  }
  return {nb::bytes(out.text.data(), out.text.size()), std::move(findings),
          ToTuples(out.refusals), out.records, FormatName(out.format)};
}

// A Deidentifier opened on one file, which holds the engine it came from.
FileDeidentifier OpenFile(const Engine& self, const nb::bytes& head, bool whole,
                          std::string_view format_name) {
  const std::string_view bytes(head.c_str(), head.size());
  const Format format = RequireFormat(format_name);
  return Unwrap(WithoutGil([&] { return self.Open(bytes, whole, format); }),
                Stage::kInput);
}

std::pair<nb::bytes, std::vector<RefusalTuple>> Piece(
    const FileDeidentifier& self, const nb::bytes& data) {
  const std::string_view bytes(data.c_str(), data.size());
  const FileOutput out =
      Unwrap(WithoutGil([&] { return self.Deidentify(bytes); }), Stage::kInput);
  return {nb::bytes(out.text.data(), out.text.size()), ToTuples(out.refusals)};
}

}  // namespace

void BindEngine(nb::module_& m) {
  nb::class_<FileDeidentifier>(m, "OpenFile",
                               "phiwire::FileDeidentifier: a file that is "
                               "read piece by piece, whole records each.")
      .def("deidentify", &Piece, "data"_a);
  nb::class_<Engine>(m, "Engine", nb::type_slots(kEngineSlots),
                     "phiwire::Deidentifier; offsets are code points, "
                     "in files bytes.\nEvery call releases the GIL.")
      .def("__init__", &Init, "policy"_a, "data_dir"_a, "cache_dir"_a,
           "anonymizers"_a = nb::dict())
      .def("analyze", &Analyze, "text"_a, "explain"_a, "near_misses"_a,
           nb::sig("def analyze(self, text: str, explain: bool,"
                   " near_misses: bool) -> list[" PHIWIRE_FINDING_SIG "]"))
      .def("text", &Text, "text"_a)
      .def("anonymize", &Anonymize, "text"_a, "spans"_a)
      .def("texts", &Texts, "texts"_a, "threads"_a,
           nb::sig("def texts(self, texts: list[str], threads: int)"
                   " -> list[str]"))
      .def("analyze_texts", &AnalyzeTexts, "texts"_a, "threads"_a, "explain"_a,
           nb::sig("def analyze_texts(self, texts: list[str], threads: int,"
                   " explain: bool) -> list[list[" PHIWIRE_FINDING_SIG "]]"))
      .def("file", &File, "data"_a, "format"_a,
           nb::sig("def file(self, data: bytes, format: str)"
                   " -> tuple[bytes, list[" PHIWIRE_FINDING_SIG "],"
                   " list[tuple[int, int, int, str, str]], int, str]"))
      .def("open", &OpenFile, "head"_a, "whole"_a, "format"_a,
           nb::keep_alive<0, 1>())
      .def_prop_ro("policy", [](const Engine& e) { return e.policy(); });
}

}  // namespace phiwire::python
