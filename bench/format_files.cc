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

constexpr int kEntries = 20;  // observations or sections a document
constexpr std::string_view kHeader =
    "mrn,last_name,first_name,dob,address,city,state,zip,sex,loinc,value,unit,"
    "low,high,comment\n";

std::string Template(std::string_view name) {
  const auto path = std::filesystem::path(PHIWIRE_SOURCE_DIR) / "bench" /
                    "templates" / "formats" / name;
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// Lines of notes without what any of the formats would have to escape.
std::vector<std::string> Sentences() {
  std::vector<std::string> out;
  for (const std::string& note : MakeNotes(200, kSeed).documents) {
    std::string_view rest = note;
    while (!rest.empty()) {
      const std::size_t end = rest.find('\n');
      const std::string_view line = rest.substr(0, end);
      if (line.size() > 60 &&
          line.find_first_of("\"\\<>&\t") == std::string_view::npos) {
        out.emplace_back(line);
      }
      if (end == std::string_view::npos) break;
      rest.remove_prefix(end + 1);
    }
  }
  return out;
}

class Maker {
 public:
  explicit Maker(Format format)
      : format_(format), random_(kSeed), sentences_(Sentences()) {}

  std::string Document(Corpus* corpus) {
    Filler filler(&random_);
    std::string out;
    if (format_ == Format::kCsv) {
      out = Fill(Template("row.csv"), &filler);
    } else if (format_ == Format::kFhir) {
      out = R"({"resourceType":"Bundle","type":"collection","entry":[)" +
            Fill(Template("fhir_patient.json"), &filler);
      for (int i = 0; i < kEntries; ++i) {
        out += "," + Fill(Template("fhir_observation.json"), &filler);
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
      } else if (name == "digit") {
        out += random_.Digits(1);
      } else {
        out += filler->Fill("{" + name + "}");
      }
      text.remove_prefix(end + 1);
    }
  }

  Format format_;
  Random random_;
  std::vector<std::string> sentences_;
};

}  // namespace

Corpus MakeFormatFiles(Format format, std::size_t bytes) {
  Corpus corpus;
  Maker maker(format);
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
