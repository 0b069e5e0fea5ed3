// SPDX-License-Identifier: Apache-2.0

#include "anonymizers/fake_contact.h"

#include <algorithm>
#include <array>
#include <cstddef>

#include "anonymizers/fake_lists.h"
#include "base/ascii.h"

namespace phiwire {
namespace {

constexpr bool IsLetter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
constexpr bool IsHexLetter(char c) {
  return (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + ('a' - 'A'));
  }
  return out;
}

enum class Address { kOther, kV4, kV6, kMac };

Address KindOfAddress(std::string_view text) {
  std::size_t colons = 0;
  std::size_t dots = 0;
  std::size_t pairs = 0;  // of hex digits, separated
  std::size_t run = 0;
  for (char c : text) {
    if (IsDigit(c) || IsHexLetter(c)) {
      pairs += ++run == 2;
      continue;
    }
    run = 0;
    colons += c == ':';
    dots += c == '.';
    if (c != ':' && c != '.' && c != '-' && c != '/' && c != '[' && c != ']') {
      return Address::kOther;
    }
  }
  if (text.size() == 17 && pairs == 6 && dots == 0) return Address::kMac;
  if (dots == 3 && colons <= 1) return Address::kV4;
  return colons >= 2 ? Address::kV6 : Address::kOther;
}

// "/24", ":8080".
std::string_view Tail(std::string_view text, std::string_view separators) {
  const std::size_t at = text.find_first_of(separators);
  return at == std::string_view::npos ? "" : text.substr(at);
}

std::string FakeV4(std::string_view surface, FakeStream& stream) {
  constexpr std::array<std::string_view, 3> kNets = {"192.0.2.", "198.51.100.",
                                                     "203.0.113."};
  std::string out(kNets[stream.Below(kNets.size())]);
  out += std::to_string(1 + stream.Below(254));
  out += Tail(surface, "/:");
  return out;
}

std::string FakeV6(std::string_view surface, FakeStream& stream) {
  FakeChars chars(stream);
  std::string out = "2001:db8";
  for (int group = 0; group < 6; ++group) {
    out += ':';
    out += chars.Of("123456789abcdef");
    for (int i = 0; i < 3; ++i) out += chars.Of("0123456789abcdef");
  }
  out += Tail(surface, "/");
  return out;
}

std::string FakeMac(std::string_view surface, FakeStream& stream) {
  FakeChars chars(stream);
  std::string out;
  for (const char c : surface) {
    if (!IsDigit(c) && !IsHexLetter(c)) {
      out += c;
    } else if (out.size() < 2) {
      out += out.empty() ? '0' : '2';  // the local bit: no maker's
    } else {
      const char fake = chars.Of("0123456789abcdef");
      AppendLike({&fake, 1}, surface, out);
    }
  }
  return out;
}

std::string_view AnyGiven(FakeStream& stream) {
  const FakeList& list =
      Fakes(stream.Below(2) == 0 ? FakeKind::kFemale : FakeKind::kMale);
  return list.at(stream.Below(list.size()));
}

std::string_view AnyFamily(FakeStream& stream) {
  const FakeList& list = Fakes(FakeKind::kFamily);
  return list.at(stream.Below(list.size()));
}

}  // namespace

std::optional<NameParts> PersonOfAccount(std::string_view surface) {
  const std::string_view account = surface.substr(0, surface.find('@'));
  const std::size_t joint = account.find_first_of("._");
  if (joint == std::string_view::npos) return std::nullopt;
  NameParts parts;
  parts.given = Lower(account.substr(0, joint));
  std::string_view family = account.substr(joint + 1);
  while (!family.empty() && IsDigit(family.back())) family.remove_suffix(1);
  parts.family = Lower(family);
  const auto all_letters = [](std::string_view text) {
    return std::all_of(text.begin(), text.end(), IsLetter);
  };
  if (!parts.is_full() || !all_letters(parts.given) ||
      !all_letters(parts.family) || !FindFirstName(parts.given).mostly_given) {
    return std::nullopt;
  }
  return parts;
}

std::string FakeEmail(const FakeName* person, FakeStream& stream) {
  std::string out = Lower(person != nullptr ? person->given : AnyGiven(stream));
  out += '.';
  out += Lower(person != nullptr ? person->family : AnyFamily(stream));
  FakeChars chars(stream);
  out += chars.Digit();
  out += chars.Digit();
  out += "@example.org";
  return out;
}

std::string FakeUrl(std::string_view surface, FakeStream& stream) {
  FakeChars chars(stream);
  std::string out;
  const std::size_t scheme = surface.find("://");
  if (scheme != std::string_view::npos) {
    const std::string name = Lower(surface.substr(0, scheme));
    out = name == "http" || name == "ftp" ? name : "https";
    out += "://";
    surface.remove_prefix(scheme + 3);
  }
  const bool has_host = !surface.starts_with('/');
  if (has_host) {
    out += Lower(surface.substr(0, 4)) == "www." ? "www." : "";
    out += "example.org";
  }
  if (surface.find_first_of("/?#") != std::string_view::npos || !has_host) {
    out += '/';
    for (int i = 0; i < 10; ++i) {
      out += chars.Of("abcdefghijklmnopqrstuvwxyz0123456789");
    }
    return out;
  }
  std::string host(1, chars.Lower());  // hosts differ by their first label
  for (int i = 0; i < 5; ++i) host += chars.Lower();
  out.insert(out.rfind("example.org"), host + ".");
  return out;
}

std::string FakeIp(std::string_view surface, FakeStream& stream) {
  switch (KindOfAddress(surface)) {
    case Address::kV4:
      return FakeV4(surface, stream);
    case Address::kV6:
      return FakeV6(surface, stream);
    case Address::kMac:
      return FakeMac(surface, stream);
    case Address::kOther:
      break;
  }
  return FakeShape(surface, stream);
}

std::string FakeUser(std::string_view surface, const FakeName* person,
                     FakeStream& stream) {
  FakeChars chars(stream);
  const std::string_view given =
      person != nullptr ? person->given : AnyGiven(stream);
  std::string name(given.substr(0, 1));
  const std::size_t joint = surface.find_first_of("._");
  if (joint != std::string_view::npos) {
    name = given;
    name += surface[joint];
  }
  name += person != nullptr ? person->family : AnyFamily(stream);
  std::string out;
  AppendLike(Lower(name), surface, out);
  for (char c : surface) {
    if (IsDigit(c)) out += chars.Digit();
  }
  return out;
}

}  // namespace phiwire
