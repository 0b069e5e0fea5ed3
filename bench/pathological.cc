// SPDX-License-Identifier: Apache-2.0

#include "bench/pathological.h"

#include <array>

#include "bench/corpus.h"
#include "bench/slots.h"

namespace phiwire::bench {
namespace {

struct Repeated {
  std::string_view name;
  std::string_view unit;
};

constexpr auto kRepeated = std::to_array<Repeated>({
    {"dots", "."},
    {"digits", "7"},
    {"ats", "@"},
    {"spaces", " "},
    {"tabs", "\t"},
    {"newlines", "\n"},
    {"line-ends", "\r\n"},
    {"one-token", "a"},
    {"one-capital-token", "A"},
    {"letters-and-digits", "a1"},
    {"hyphens", "-"},
    {"hyphenated", "a-b-"},
    {"colons", ":"},
    {"commas", ","},
    {"slashes", "/"},
    {"backslashes", "\\"},
    {"underscores", "_"},
    {"snake-case", "ab_"},
    {"pluses", "+1 "},
    {"hashes", "#"},
    {"apostrophes", "'"},
    {"elisions", "o'"},
    {"quotes", "\""},
    {"unmatched-quotes", "\"a "},
    {"open-brackets", "("},
    {"bracket-kinds", "([{<"},
    {"near-dates", "13/32/2024 "},
    {"dates-without-end", "1/2/"},
    {"dates", "03/04/2021 "},
    {"months", "May "},
    {"labels", "MRN: DOB: SSN: "},
    {"label-lines", "Name:\n"},
    {"labels-with-digits", "MRN 1 "},
    {"one-name", "John Smith "},
    {"titles", "Dr. Mr. "},
    {"doctors", "Dr. Smith, MD, "},
    {"relations", "son of "},
    {"capital-words", "The Big Red "},
    {"initials", "J. "},
    {"single-capitals", "A B "},
    {"spaced-out-letters", "J o h n "},
    {"spaced-out-digits", "1 2 3 4 "},
    {"spaced-out-both", "1 2 3 J o h n "},
    {"initials-joined", "A.B."},
    {"labels-in-groups", "A.B.Ab"},
    {"open-placeholders", "[NAME fax a"},
    {"ages", "89 year old "},
    {"addresses", "12 Main St "},
    {"zips", "12345-6789 "},
    {"ssns", "219-09-9999 "},
    {"ssn-chain", "219-09-9999-"},
    {"phones", "555-0199 "},
    {"phone-starts", "(555) "},
    {"ip-chain", "1.2.3."},
    {"ips", "10.1.2.3 "},
    {"ipv6-chain", "a:b:"},
    {"mails-without-domain", "john@ "},
    {"mails-without-user", "@example.com "},
    {"mail-chain", "a@b."},
    {"mails", "a@b.co "},
    {"url-starts", "http://"},
    {"www", "www."},
    {"url-kinds", "www.https://"},
    {"urls", "http://a.b/c?d=e& "},
    {"queries", "a=b&"},
    {"at-dots", "jane[at]x[dot]"},
    {"html-entities", "&#65;"},
    {"entities-of-entities", "&amp;amp;"},
    {"broken-entities", "&#"},
    {"tags", "<b>"},
    {"tags-in-words", "a<b>c</b>"},
    {"comments", "a<!--"},
    {"percent-escapes", "%41%42"},
    {"percents", "%"},
    {"u-escapes", "\\u0041"},
    {"quoted-printable", "=41=42"},
    {"soft-line-breaks", "=\n"},
    {"hyphens-at-line-ends", "a-\n"},
    {"numbers-at-line-ends", "555-\n"},
    {"control-characters", "a\x01"},
    {"zero-width", "a\xE2\x80\x8B"},
    {"zero-width-only", "\xE2\x80\x8B"},
    {"combining", "e\xCC\x81"},
    {"combining-only", "\xCC\x81"},
    {"full-width-digits", "\xEF\xBC\x91"},
    {"superscripts", "\xC2\xB2"},
    {"look-alikes", "J\xD0\xBEhn "},
    {"overrides", "\xE2\x80\xAE"},
    {"override-runs",
     "\xE2\x80\xAE"
     "9876 \xE2\x80\xAC"},
    {"ideographs", "\xE5\x8C\xBB"},
    {"emoji", "\xF0\x9F\x98\x80"},
    {"hexadecimal", "4a616e6520446f65"},
    {"hexadecimal-words", "4a616e6520446f65204d524e "},
    {"base64-words", "SmFuZSBEb2UsIE1STiAxMjM0NQ== "},
});

std::string Repeat(std::string_view unit, std::size_t bytes) {
  std::string out;
  out.reserve(bytes + unit.size());
  while (out.size() < bytes) out += unit;
  return out;
}

std::string Prose(std::size_t bytes, std::uint64_t seed) {
  const Corpus notes = MakeNotes({.bytes = bytes}, 1, seed);
  return notes.documents.empty() ? std::string() : notes.documents.front();
}

std::string NestedBrackets(std::size_t bytes, std::uint64_t /*seed*/) {
  return std::string(bytes / 2, '(') + std::string(bytes / 2, ')');
}

std::string FromAlphabet(std::string_view alphabet, std::size_t word,
                         std::string_view between, std::size_t bytes,
                         std::uint64_t seed) {
  Random random(seed);
  std::string out;
  while (out.size() < bytes) {
    for (std::size_t i = 0; i < word; ++i) {
      out += alphabet[random.Below(alphabet.size())];
    }
    out += between;
  }
  return out;
}

constexpr std::string_view kBase64 =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

std::string Base64(std::size_t bytes, std::uint64_t seed) {
  return FromAlphabet(kBase64, 76, "", bytes, seed);
}

std::string Base64Lines(std::size_t bytes, std::uint64_t seed) {
  return FromAlphabet(kBase64, 76, "\n", bytes, seed);
}

// Words no lexicon has, each another.
std::string StrangeWords(std::size_t bytes, std::uint64_t seed) {
  return FromAlphabet("abcdefghijklmnopqrstuvwxyz", 9, " ", bytes, seed);
}

std::string StrangeNumbers(std::size_t bytes, std::uint64_t seed) {
  return FromAlphabet("0123456789", 9, " ", bytes, seed);
}

// "Dr. Vgzqtrw": a document that establishes name after name.
std::string StrangeNames(std::size_t bytes, std::uint64_t seed) {
  Random random(seed);
  std::string out;
  while (out.size() < bytes) {
    out += "Dr. ";
    out += static_cast<char>('A' + random.Below(26));
    for (int i = 0; i < 7; ++i) {
      out += static_cast<char>('a' + random.Below(26));
    }
    out += ' ';
  }
  return out;
}

// Every patient's name comes once, labelled, and again much later.
std::string ManyPatients(std::size_t bytes, std::uint64_t seed) {
  Random random(seed);
  std::string out;
  while (out.size() < bytes) {
    Filler filler(&random);
    out += filler.Fill(
        "Patient: {last}, {first}   MRN: {mrn}   DOB: {dob}   Phone: "
        "{phone}\n");
  }
  return out;
}

struct Made {
  std::string_view name;
  std::string (*make)(std::size_t bytes, std::uint64_t seed);
};

constexpr auto kMade = std::to_array<Made>({
    {"prose", &Prose},
    {"nested-brackets", &NestedBrackets},
    {"base64", &Base64},
    {"base64-lines", &Base64Lines},
    {"strange-words", &StrangeWords},
    {"strange-numbers", &StrangeNumbers},
    {"strange-names", &StrangeNames},
    {"many-patients", &ManyPatients},
});

}  // namespace

std::vector<std::string_view> PathologicalUnits() {
  std::vector<std::string_view> units;
  units.reserve(kRepeated.size());
  for (const Repeated& text : kRepeated) units.push_back(text.unit);
  return units;
}

std::vector<std::string_view> PathologicalNames() {
  std::vector<std::string_view> names;
  for (const Made& made : kMade) names.push_back(made.name);
  for (const Repeated& repeated : kRepeated) names.push_back(repeated.name);
  return names;
}

std::string MakePathological(std::string_view name, std::size_t bytes,
                             unsigned variant) {
  for (const Made& made : kMade) {
    if (made.name == name) return made.make(bytes, kSeed + variant);
  }
  for (const Repeated& repeated : kRepeated) {
    if (repeated.name != name) continue;
    return Repeat(repeated.unit, bytes + variant * repeated.unit.size());
  }
  return {};
}

}  // namespace phiwire::bench
