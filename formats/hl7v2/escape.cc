// SPDX-License-Identifier: Apache-2.0

#include "formats/hl7v2/escape.h"

#include <algorithm>
#include <limits>

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
  Decoder(std::string_view record, const Delimiters& d, Field& field)
      : record_(record), d_(d), field_(field) {}

  absl::Status Run() {
    std::size_t pos = field_.begin;
    while (pos < field_.end) {
      std::size_t next = pos;
      if (record_[pos] == d_.escape) {
        PHIWIRE_ASSIGN_OR_RETURN(next, Sequence(pos));
      }
      if (next == pos) {
        Put(record_[pos], pos);
        next = pos + 1;
      }
      pos = next;
    }
    field_.offsets.push_back(static_cast<std::uint32_t>(field_.end));
    return absl::OkStatus();
  }

 private:
  void Put(char c, std::size_t raw) {
    field_.decoded.push_back(c);
    field_.offsets.push_back(static_cast<std::uint32_t>(raw));
  }

  // Decodes the sequence that begins at `pos` and gives its end; `pos` when
  // there is none, and the character stands for itself.
  absl::StatusOr<std::size_t> Sequence(std::size_t pos) {
    const std::string_view leaf = record_.substr(0, field_.end);
    const std::size_t close = leaf.find(d_.escape, pos + 1);
    if (close == std::string_view::npos || close == pos + 1) return pos;
    const std::string_view command = leaf.substr(pos + 1, close - pos - 1);
    if (command[0] == 'X' && IsHexRun(command.substr(1))) return Hex(pos);
    if (command.size() > kMaxCommand) return pos;
    if (command.size() == 1) return Letter(command[0], pos);
    if (command[0] == '.') return Layout(command.substr(1), pos, close + 1);
    if ((command[0] == 'C' || command[0] == 'M') &&
        IsHexRun(command.substr(1)) && command.size() >= 5) {
      return Refuse("character set switch (escape)", pos, close + 1);
    }
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
    const std::string_view leaf = record_.substr(0, field_.end);
    std::string bytes;
    std::vector<std::size_t> raw;
    while (leaf.substr(pos, 2) == std::string{d_.escape, 'X'}) {
      const std::size_t close = leaf.find(d_.escape, pos + 2);
      if (close == std::string_view::npos) break;
      const std::string_view digits = leaf.substr(pos + 2, close - pos - 2);
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
        const auto latin1 = static_cast<unsigned char>(bytes[i]);
        Put(static_cast<char>(0xC0 | (latin1 >> 6)), raw[i]);
        Put(static_cast<char>(0x80 | (latin1 & 0x3F)), raw[i]);
        ++i;
        continue;
      }
      for (const std::size_t end = i + size; i < end; ++i)
        Put(bytes[i], raw[i]);
    }
  }

  std::string_view record_;
  const Delimiters& d_;
  Field& field_;
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

}  // namespace

absl::Status DecodeField(std::string_view record, const Delimiters& d,
                         Field& field) {
  const std::string_view raw =
      record.substr(field.begin, field.end - field.begin);
  if (d.escape == '\0' || raw.find(d.escape) == std::string_view::npos) {
    return absl::OkStatus();
  }
  if (field.end > std::numeric_limits<std::uint32_t>::max()) {
    return Refuse("message over 4 GiB", field.begin, field.end);
  }
  return Decoder(record, d, field).Run();
}

void AppendEscaped(std::string_view text, const Delimiters& d,
                   std::string& out) {
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

Edit WidenToEscapes(std::string_view record, const Delimiters& d, Edit edit) {
  if (d.escape == '\0') return edit;
  edit.begin = HexSequenceAround(record, d.escape, edit.begin).begin;
  edit.end = HexSequenceAround(record, d.escape, edit.end).end;
  return edit;
}

}  // namespace phiwire::hl7v2
