// SPDX-License-Identifier: Apache-2.0

#include "bench/format_files.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>

#include "bench/slots.h"

namespace phiwire::bench {
namespace {

constexpr int kEntries = 20;         // observations or sections a document
constexpr std::size_t kPhiLogs = 4;  // one log entry in so many names someone
constexpr std::string_view kHeader =
    "mrn,last_name,first_name,dob,address,city,state,zip,sex,loinc,value,unit,"
    "low,high,comment\n";

std::string Template(std::string_view name) {
  const auto path = std::filesystem::path(PHIWIRE_SOURCE_DIR) / "bench" /
                    "templates" / "formats" / name;
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::vector<std::string> Lines(std::string_view text) {
  std::vector<std::string> out;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return out;
}

bool NamesSomeone(const std::string& log_line) {
  for (const std::string_view slot :
       {"@first@", "@last@", "@mrn@", "@email@", "@phone@"}) {
    if (log_line.find(slot) != std::string::npos) return true;
  }
  return false;
}

// A JSON string's content; the notes hold nothing else to escape.
std::string JsonEscaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') {
      out += "\\n";
    } else {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
  }
  return out;
}

// Lines of notes without what any of the formats would have to escape.
std::vector<std::string> Sentences() {
  std::vector<std::string> out;
  for (const std::string& note : MakeNotes(200, kSeed).documents) {
    for (std::string& line : Lines(note)) {
      if (line.size() > 60 &&
          line.find_first_of("\"\\<>&\t") == std::string::npos) {
        out.push_back(std::move(line));
      }
    }
  }
  return out;
}

class Maker {
 public:
  Maker(Format format, std::uint64_t seed)
      : format_(format), random_(seed), sentences_(Sentences()) {
    for (std::string& line : Lines(Template("log.txt"))) {
      (NamesSomeone(line) ? phi_logs_ : plain_logs_).push_back(std::move(line));
    }
  }

  std::string Document(Corpus* corpus) {
    Filler filler(&random_);
    std::string out;
    if (format_ == Format::kCsv) {
      out = Fill(Template("row.csv"), &filler);
    } else if (format_ == Format::kLog) {
      const auto& pool = random_.Below(kPhiLogs) == 0 ? phi_logs_ : plain_logs_;
      out = Fill(pool[random_.Below(pool.size())], &filler) + "\n";
    } else if (format_ == Format::kFhir) {
      out = R"({"resourceType":"Bundle","type":"collection","entry":[)";
      out += Fill(Template("fhir_patient.json"), &filler);
      for (int i = 0; i < kEntries; ++i) {
        out += ",";
        out += Fill(Template("fhir_observation.json"), &filler);
      }
      out += "]}\n";
    } else {
      out = Fill(Template("ccda_head.xml"), &filler);
      for (int i = 0; i < kEntries; ++i) {
        out += Fill(Template("ccda_section.xml"), &filler);
      }
      out += "</structuredBody></component></ClinicalDocument>\n";
    }
    corpus->planted += filler.planted();
    corpus->planted_bytes += filler.planted_bytes();
    return out;
  }

 private:
  // "@slot@" as Filler has it; "@note@" is a sentence, "@digit@" a digit.
  std::string Fill(std::string_view text, Filler* filler) {
    std::string out;
    while (true) {
      const std::size_t begin = text.find('@');
      out.append(text.substr(0, begin));
      if (begin == std::string_view::npos) return out;
      const std::size_t end = text.find('@', begin + 1);
      const std::string name(text.substr(begin + 1, end - begin - 1));
      if (name == "note") {
        out += sentences_[random_.Below(sentences_.size())];
      } else if (name == "logtime") {
        out += LogTime();
      } else if (name == "digit") {
        out += random_.Digits(1);
      } else {
        out += filler->Fill("{" + name + "}");
      }
      text.remove_prefix(end + 1);
    }
  }

  // Each entry some milliseconds after the one before.
  std::string LogTime() {
    clock_ms_ += random_.Below(400);
    const auto digits = [](std::size_t n, std::size_t width) {
      const std::string text = std::to_string(n);
      return std::string(width - text.size(), '0') + text;
    };
    const std::size_t s = clock_ms_ / 1000;
    return "2026-04-" + digits(1 + s / 86400 % 30, 2) + "T" +
           digits(s / 3600 % 24, 2) + ":" + digits(s / 60 % 60, 2) + ":" +
           digits(s % 60, 2) + "." + digits(clock_ms_ % 1000, 3) + "Z";
  }

  Format format_;
  Random random_;
  std::vector<std::string> sentences_;
  std::vector<std::string> phi_logs_;
  std::vector<std::string> plain_logs_;
  std::size_t clock_ms_ = 0;
};

Corpus NoteLines(std::size_t bytes, std::uint64_t seed) {
  Corpus corpus = MakeNotes(bytes / 2000 + 1, seed);
  corpus.bytes = 0;
  std::size_t id = 0;
  for (std::string& note : corpus.documents) {
    note = R"({"id":")" + std::to_string(++id) + R"(","text":")" +
           JsonEscaped(note) + "\"}\n";
    corpus.bytes += note.size();
  }
  return corpus;
}

}  // namespace

Corpus MakeFormatFiles(Format format, std::size_t bytes, std::uint64_t seed) {
  if (format == Format::kNdjson) return NoteLines(bytes, seed);
  Corpus corpus;
  Maker maker(format, seed);
  if (format == Format::kCsv) {
    corpus.documents.emplace_back(kHeader);
    corpus.bytes += kHeader.size();
  }
  while (corpus.bytes < bytes) {
    std::string document = maker.Document(&corpus);
    corpus.bytes += document.size();
    corpus.documents.push_back(std::move(document));
  }
  return corpus;
}

}  // namespace phiwire::bench
