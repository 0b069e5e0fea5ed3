// SPDX-License-Identifier: Apache-2.0

#include "bench/corpus.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string_view>

#include "bench/slots.h"

namespace phiwire::bench {
namespace {

constexpr std::size_t kNoteBytes = 1950;  // padded up to this: about 2 kB
constexpr double kFullShare = 0.10;
constexpr double kFreeTextShare = 0.15;
constexpr std::size_t kAdtPerOru = 9;
constexpr std::size_t kObxBytes = 100;

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::filesystem::path TemplateDir() {
  return std::filesystem::path(PHIWIRE_SOURCE_DIR) / "bench" / "templates";
}

using Paragraphs = std::vector<std::string>;

Paragraphs SplitParagraphs(std::string_view text) {
  Paragraphs out;
  while (!text.empty()) {
    const std::size_t end = text.find("\n\n");
    out.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 2);
  }
  return out;
}

struct Templates {
  std::vector<Paragraphs> notes;  // in order of file name
  Paragraphs plain;               // paragraphs without a slot
  Paragraphs slotted;
};

Templates ReadTemplates() {
  Templates t;
  std::vector<std::filesystem::path> files;
  std::error_code error;
  for (const auto& entry :
       std::filesystem::directory_iterator(TemplateDir() / "notes", error)) {
    files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  for (const auto& file : files) {
    std::string text = ReadFile(file);
    if (text.ends_with('\n')) text.pop_back();
    t.notes.push_back(SplitParagraphs(text));
    const Paragraphs& own = t.notes.back();
    for (std::size_t i = 1; i < own.size(); ++i) {  // 0 is the heading
      const bool slot = own[i].find('{') != std::string::npos;
      (slot ? t.slotted : t.plain).push_back(own[i]);
    }
  }
  return t;
}

void Count(const Filler& filler, Corpus* corpus) {
  corpus->planted += filler.planted();
  corpus->planted_bytes += filler.planted_bytes();
}

// A template's paragraphs, then others' until it is long enough: those with
// identifiers while the corpus has too few of them, else plain ones. The
// template's last paragraph, the signature, stays last.
// A share below kFullShare has other paragraphs only.
std::string MakeNote(const Templates& t, double share, const Corpus& so_far,
                     Random* random, Filler* filler) {
  std::string note;
  std::string signature;
  if (share >= kFullShare) {
    const Paragraphs& own = t.notes[random->Below(t.notes.size())];
    for (std::size_t i = 0; i + 1 < own.size(); ++i) {
      note += filler->Fill(own[i]) + "\n\n";
    }
    signature = filler->Fill(own.back());
  }
  while (note.size() + signature.size() < kNoteBytes) {
    const double phi =
        static_cast<double>(so_far.planted_bytes + filler->planted_bytes());
    const double all = static_cast<double>(so_far.bytes + note.size());
    const Paragraphs& pool = phi < share * all ? t.slotted : t.plain;
    note += filler->Fill(pool[random->Below(pool.size())]) + "\n\n";
  }
  return note + signature;
}

std::string ToSegments(std::string text) {
  std::replace(text.begin(), text.end(), '\n', '\r');
  return text;
}

// OBX lines of prose until the corpus' share of free text is reached.
std::string MakeReport(const Templates& t, std::size_t header_bytes,
                       Random* random, Filler* filler, Corpus* corpus) {
  std::string out;
  for (std::size_t line = 1;;) {
    std::string text =
        filler->Fill(t.slotted[random->Below(t.slotted.size())]) + " " +
        filler->Fill(t.plain[random->Below(t.plain.size())]);
    std::replace_if(
        text.begin(), text.end(),
        [](char c) {
          return std::string_view("\n|^~\\&").find(c) != std::string_view::npos;
        },
        ' ');
    for (std::size_t at = 0; at < text.size(); ++line) {
      std::size_t end = std::min(at + kObxBytes, text.size());
      while (end < text.size() && text[end] != ' ') ++end;
      out += "OBX|" + std::to_string(line) + "|TX|71260^CT CHEST^L||" +
             text.substr(at, end - at) + "||||||F\r";
      corpus->free_text_bytes += end - at;
      at = std::min(end + 1, text.size());
      const std::size_t all = corpus->bytes + header_bytes + out.size();
      if (static_cast<double>(corpus->free_text_bytes) >=
          kFreeTextShare * static_cast<double>(all)) {
        return out;
      }
    }
  }
}

// The first `count` pieces of about so many bytes, to the end of a sentence.
void CutShort(std::size_t bytes, std::size_t count, Corpus* corpus) {
  std::vector<std::string> pieces;
  for (const std::string& note : corpus->documents) {
    std::size_t begin = 0;
    while (pieces.size() < count && begin + bytes < note.size()) {
      const std::size_t stop = note.find_first_of(".\n", begin + bytes * 4 / 5);
      const std::size_t end = std::min(stop, begin + bytes * 6 / 5) + 1;
      if (end >= note.size()) break;
      pieces.push_back(note.substr(begin, end - begin));
      begin = note.find_first_not_of(" \n", end);
      if (begin == std::string::npos) break;
    }
  }
  corpus->documents = std::move(pieces);
  corpus->planted = corpus->planted_bytes = 0;
}

// The first `count` of about so many bytes.
void JoinUpTo(std::size_t bytes, std::size_t count, Corpus* corpus) {
  std::vector<std::string> joined;
  for (const std::string& note : corpus->documents) {
    if (joined.empty() || joined.back().size() + note.size() / 2 >= bytes) {
      joined.push_back(note);
    } else {
      joined.back() += "\n\n" + note;
    }
  }
  joined.resize(std::min(joined.size(), count));
  corpus->documents = std::move(joined);
  corpus->planted = corpus->planted_bytes = 0;
}

void CountBytes(Corpus* corpus) {
  corpus->bytes = 0;
  for (const std::string& document : corpus->documents) {
    corpus->bytes += document.size();
  }
}

}  // namespace

Corpus MakeNotes(const NoteOptions& options, std::size_t count,
                 std::uint64_t seed) {
  Corpus corpus;
  Random random(seed);
  const Templates templates = ReadTemplates();
  if (templates.plain.empty() || templates.slotted.empty()) return corpus;
  const bool cut = options.bytes < kNoteBytes / 2;
  const bool joined = options.bytes > kNoteBytes * 2;
  // Enough of 2 kB; pieces cut off are lost in part.
  const std::size_t wanted = count * options.bytes / kNoteBytes + 1;
  const std::size_t notes = cut      ? wanted * 5 / 4
                            : joined ? wanted + count
                                     : count;
  for (std::size_t i = 0; i < notes; ++i) {
    Filler filler(&random);
    std::string note =
        MakeNote(templates, options.phi_share, corpus, &random, &filler);
    Count(filler, &corpus);
    corpus.bytes += note.size();
    corpus.documents.push_back(std::move(note));
  }
  if (cut) {
    CutShort(options.bytes, count, &corpus);
  } else if (joined) {
    JoinUpTo(options.bytes, count, &corpus);
  }
  if (options.style != NoteStyle::kAscii) {
    for (std::string& document : corpus.documents) {
      document = InStyle(document, options.style, &random);
    }
  }
  CountBytes(&corpus);
  corpus.free_text_bytes = corpus.bytes;
  return corpus;
}

Corpus MakeNotes(std::size_t count, std::uint64_t seed) {
  return MakeNotes(NoteOptions(), count, seed);
}

Corpus MakeHl7(std::size_t count, std::uint64_t seed, Hl7Kind kind) {
  Corpus corpus;
  Random random(seed);
  const Templates templates = ReadTemplates();
  const std::string adt = ReadFile(TemplateDir() / "hl7" / "adt.txt");
  const std::string oru = ReadFile(TemplateDir() / "hl7" / "oru.txt");
  if (templates.slotted.empty() || adt.empty() || oru.empty()) return corpus;
  // Both kinds are those of the same mix.
  for (std::size_t i = 0; corpus.documents.size() < count; ++i) {
    Filler filler(&random);
    const bool is_oru = i % (kAdtPerOru + 1) == kAdtPerOru;
    std::string message = ToSegments(filler.Fill(is_oru ? oru : adt));
    if (is_oru) {
      message +=
          MakeReport(templates, message.size(), &random, &filler, &corpus);
    }
    corpus.bytes += message.size();
    if (kind != Hl7Kind::kMix && is_oru != (kind == Hl7Kind::kOru)) continue;
    Count(filler, &corpus);
    corpus.documents.push_back(std::move(message));
  }
  CountBytes(&corpus);
  return corpus;
}

std::string Concatenate(const Corpus& corpus) {
  std::string out;
  out.reserve(corpus.bytes);
  for (const std::string& document : corpus.documents) out += document;
  return out;
}

}  // namespace phiwire::bench
