// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/escape.h"

#include <algorithm>
#include <limits>
#include <vector>

#include "base/status_macros.h"

namespace phiwire::hl7v2 {
namespace {

// The longest command that is not hexadecimal: "\.in+99\", with some room.
constexpr std::size_t kMaxCommand = 12;

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

bool IsHexRun(std::string_view s) {
  return !s.empty() && s.size() % 2 == 0 &&
         std::all_of(s.begin(), s.end(),
                     [](char c) { return HexValue(c) >= 0; });
}

// Length of the well-formed UTF-8 character at the front; 0 when none is.
std::size_t Utf8Length(std::string_view s) {
  const auto byte = [&s](std::size_t i) {
    return static_cast<unsigned char>(s[i]);
  };
  const unsigned lead = byte(0);
  if (lead < 0x80) return 1;
  const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() < size) return 0;
  for (std::size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xC0) != 0x80) return 0;
  }
  const unsigned second = byte(1);
  const bool bad = (lead == 0xE0 && second < 0xA0) ||  // overlong
                   (lead == 0xED && second > 0x9F) ||  // surrogate
                   (lead == 0xF0 && second < 0x90) ||  // overlong
                   (lead == 0xF4 && second > 0x8F);    // past U+10FFFF
  return bad ? 0 : size;
}

class Decoder {
 public:
  Decoder(const Coding& coding, std::size_t end, FieldText* out)
      : coding_(coding),
        d_(*coding.delimiters),
        leaf_(coding.record.substr(0, end)),
        out_(out) {}

  absl::Status Run(std::size_t pos) {
    const Switch* by = nullptr;
    while (pos < leaf_.size()) {
      if (coding_.switches != nullptr) {
        if (const Switch* const next = coding_.switches->BeginsAt(pos)) {
          by = next->to == CodeSet::kSingle ? nullptr : next;
          pos = next->end;
          continue;
        }
      }
      if (by != nullptr) {
        PHIWIRE_ASSIGN_OR_RETURN(pos, Run(*by, pos));
      } else {
        pos = One(pos);
      }
    }
    return absl::OkStatus();
  }

 private:
  // The characters of another set, up to the next switch.
  absl::StatusOr<std::size_t> Run(const Switch& by, std::size_t pos) {
    std::size_t end = pos;
    while (end < leaf_.size() && coding_.switches->BeginsAt(end) == nullptr) {
      ++end;
    }
    PHIWIRE_RETURN_IF_ERROR(
        Switches::Decode(coding_.record, by, pos, end, out_));
    return end;
  }

  // One character or sequence; gives what follows it.
  std::size_t One(std::size_t pos) {
    const char c = leaf_[pos];
    if (c == d_.escape) {
      if (const std::size_t next = Sequence(pos); next != pos) return next;
    }
    if (coding_.table != nullptr && static_cast<unsigned char>(c) >= 0x80) {
      PutByte(c, pos);
    } else {
      Put(c, pos);
    }
    return pos + 1;
  }

  void Put(char c, std::size_t raw) { out_->Put(std::string_view(&c, 1), raw); }

  void PutByte(char c, std::size_t raw) {
    const auto byte = static_cast<unsigned char>(c);
    char16_t unit = byte;
    if (coding_.table != nullptr && (*coding_.table)[byte - 0x80u] != 0) {
      unit = (*coding_.table)[byte - 0x80u];
    }
    std::string utf8;
    AppendUtf8(unit, &utf8);
    out_->Put(utf8, raw);
  }

  // Decodes the sequence that begins at `pos` and gives its end; `pos` when
  // there is none, and the character stands for itself.
  std::size_t Sequence(std::size_t pos) {
    const std::size_t close = leaf_.find(d_.escape, pos + 1);
    if (close == std::string_view::npos || close == pos + 1) return pos;
    const std::string_view command = leaf_.substr(pos + 1, close - pos - 1);
    if (command[0] == 'X' && IsHexRun(command.substr(1))) return Hex(pos);
    if (command.size() > kMaxCommand) return pos;
    if (command.size() == 1) return Letter(command[0], pos);
    if (command[0] == '.') return Layout(command.substr(1), pos, close + 1);
    return pos;
  }

  std::size_t Letter(char letter, std::size_t pos) {
    const std::size_t end = pos + 3;
    switch (letter) {
      case 'F':
        Put(d_.field, pos);
        return end;
      case 'S':
        Put(d_.component == '\0' ? '^' : d_.component, pos);
        return end;
      case 'T':
        Put(d_.subcomponent == '\0' ? '&' : d_.subcomponent, pos);
        return end;
      case 'R':
        Put(d_.repetition == '\0' ? '~' : d_.repetition, pos);
        return end;
      case 'E':
        Put(d_.escape, pos);
        return end;
      case 'P':
        Put(d_.truncation == '\0' ? '#' : d_.truncation, pos);
        return end;
      case 'H':
      case 'N':
        return end;
      default:
        return pos;
    }
  }

  std::size_t Layout(std::string_view command, std::size_t pos,
                     std::size_t end) {
    const std::string_view name = command.substr(0, 2);
    // Only a number may follow; anything else could be hidden text.
    if (command.size() > 2 && command.find_first_not_of("+-0123456789", 2) !=
                                  std::string_view::npos) {
      return pos;
    }
    if (name == "br" || name == "sp" || name == "ce") {
      Put('\n', pos);
    } else if (name == "sk") {
      Put(' ', pos);
    } else if (name != "fi" && name != "nf" && name != "in" && name != "ti") {
      return pos;
    }
    return end;
  }

  // A run of \X..\ sequences: a character may be split between two of them.
  std::size_t Hex(std::size_t pos) {
    std::string bytes;
    std::vector<std::size_t> raw;
    while (leaf_.substr(pos, 2) == std::string{d_.escape, 'X'}) {
      const std::size_t close = leaf_.find(d_.escape, pos + 2);
      if (close == std::string_view::npos) break;
      const std::string_view digits = leaf_.substr(pos + 2, close - pos - 2);
      if (!IsHexRun(digits)) break;
      for (std::size_t i = 0; i < digits.size(); i += 2) {
        bytes.push_back(static_cast<char>(HexValue(digits[i]) * 16 +
                                          HexValue(digits[i + 1])));
        raw.push_back(i == 0 ? pos : pos + 2 + i);
      }
      pos = close + 1;
    }
    PutBytes(bytes, raw);
    return pos;
  }

  void PutBytes(std::string_view bytes, const std::vector<std::size_t>& raw) {
    for (std::size_t i = 0; i < bytes.size();) {
      const std::size_t size = Utf8Length(bytes.substr(i));
      if (size == 0) {
        PutByte(bytes[i], raw[i]);
        ++i;
        continue;
      }
      for (const std::size_t end = i + size; i < end; ++i)
        Put(bytes[i], raw[i]);
    }
  }

  const Coding& coding_;
  const Delimiters& d_;
  std::string_view leaf_;  // the record up to the leaf's end
  FieldText* out_;
};

// The \X..\ sequence with `pos` strictly inside: [begin, end), or {pos, pos}.
RecordRange HexSequenceAround(std::string_view record, char escape,
                              std::size_t pos) {
  const RecordRange none{pos, pos};
  std::size_t begin = pos;
  while (begin > 0 && HexValue(record[begin - 1]) >= 0) --begin;
  if (begin < 2 || record[begin - 1] != 'X' || record[begin - 2] != escape) {
    return none;
  }
  std::size_t end = pos;
  while (end < record.size() && HexValue(record[end]) >= 0) ++end;
  if (end == record.size() || record[end] != escape) return none;
  return {begin - 2, end + 1};
}

void AppendSequence(char letter, const Delimiters& d, std::string& out) {
  if (!d.has_escape) {
    out += ' ';
    return;
  }
  out += d.escape;
  out += letter;
  out += d.escape;
}

// Whether nothing of the text needs an escape.
bool IsPlain(std::string_view text, const Delimiters& d) {
  return std::none_of(text.begin(), text.end(), [&](char c) {
    return static_cast<unsigned char>(c) < 0x20 || c == '\x7F' ||
           d.Separates(c) || c == d.escape || c == d.truncation;
  });
}

// Whether the raw bytes are not the text itself.
bool NeedsDecoding(const Coding& coding, std::string_view raw) {
  const char escape = coding.delimiters->escape;
  if (escape != '\0' && raw.find(escape) != std::string_view::npos) {
    return true;
  }
  if (coding.switches != nullptr) return true;
  return coding.table != nullptr &&
         std::any_of(raw.begin(), raw.end(), [](char c) {
           return static_cast<unsigned char>(c) >= 0x80;
         });
}

}  // namespace

absl::StatusOr<RecordText> RecordText::Of(std::string_view record,
                                          const Segment& header,
                                          const Delimiters& d, bool high_bytes,
                                          bool switches) {
  RecordText out;
  PHIWIRE_ASSIGN_OR_RETURN(out.table, TableOf(record, header, d, high_bytes));
  if (!switches && !Switches::HasEscapes(record, d)) return out;
  const bool raw = CharsetOf(CharsetField(record, header, d), d).iso2022;
  PHIWIRE_ASSIGN_OR_RETURN(out.switches, Switches::Find(record, d, raw));
  return out;
}

absl::Status DecodeText(const Coding& coding, std::size_t begin,
                        std::size_t end, FieldText* out) {
  if (end > std::numeric_limits<std::uint32_t>::max()) {
    return Refuse("message over 4 GiB", begin, end);
  }
  return Decoder(coding, end, out).Run(begin);
}

absl::Status DecodeField(const Coding& coding, Field& field) {
  if (!NeedsDecoding(
          coding, coding.record.substr(field.begin, field.end - field.begin))) {
    return absl::OkStatus();
  }
  FieldText text;
  PHIWIRE_RETURN_IF_ERROR(DecodeText(coding, field.begin, field.end, &text));
  text.Finish(field.end, &field);
  return absl::OkStatus();
}

void AppendEscaped(std::string_view text, const Delimiters& d,
                   std::string& out) {
  if (IsPlain(text, d)) {
    out += text;
    return;
  }
  for (const char c : text) {
    if (static_cast<unsigned char>(c) < 0x20 || c == '\x7F') {
      out += ' ';
    } else if (c == d.field) {
      AppendSequence('F', d, out);
    } else if (c == d.component) {
      AppendSequence('S', d, out);
    } else if (c == d.repetition) {
      AppendSequence('R', d, out);
    } else if (c == d.subcomponent) {
      AppendSequence('T', d, out);
    } else if (c == d.escape) {
      AppendSequence('E', d, out);
    } else if (d.truncation != '\0' && c == d.truncation) {
      AppendSequence('P', d, out);
    } else {
      out += c;
    }
  }
}

RecordRange WidenToEscapes(std::string_view record, const Delimiters& d,
                           RecordRange range) {
  if (d.escape == '\0') return range;
  return {HexSequenceAround(record, d.escape, range.begin).begin,
          HexSequenceAround(record, d.escape, range.end).end};
}

}  // namespace phiwire::hl7v2
