// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/uris.h"

#include <algorithm>
#include <iterator>

#include "base/ascii.h"
#include "formats/fhir/elements.h"

namespace phiwire::fhir {
namespace {

using Kind = UriPart::Kind;

// Hosts, and paths of them, that only say which standard is meant.
constexpr std::string_view kStandardHosts[] = {
    "bluebutton.cms.gov/",
    "canonical.fhir.org/",
    "cancer.sanger.ac.uk/",
    "clinicaltrials.gov/",
    "dicom.nema.org/",
    "fdasis.nlm.nih.gov",
    "fhir.org/",
    "hl7.org/",
    "ihe.net/",
    "loinc.org",
    "medical.nema.org/",
    "ncimeta.nci.nih.gov",
    "nucc.org/",
    "profiles.ihe.net/",
    "radlex.org",
    "smarthealthit.org/tags",
    "snomed.info/",
    "standardhealthrecord.org/",
    "synthetichealth.github.io/synthea/",
    "github.com/synthetichealth/synthea",
    "terminology.hl7.org/",
    "unitsofmeasure.org",
    "unstats.un.org/",
    "varnomen.hgvs.org",
    "www.ada.org/",
    "www.ama-assn.org/",
    "www.cms.gov/",
    "www.genenames.org",
    "www.hl7.org/",
    "www.icd10data.com/",
    "www.nlm.nih.gov/",
    "www.nubc.org/",
    "www.w3.org/",
    "www.whocc.no/",
};
// Arcs of standards' own code systems; what is below others may be anybody's.
constexpr std::string_view kStandardOids[] = {
    "1.0.",                // ISO standards
    "1.2.840.10008.",      // DICOM
    "1.3.6.1.4.1.19376.",  // IHE
    "2.16.840.1.113883.",  // HL7
};
constexpr std::size_t kMostDigits = 6;
constexpr std::size_t kMaxVersionDigits = 6;

bool IsIdCharacter(char c) {
  return IsDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
         c == '-' || c == '.' || c == '_' || c == ':';
}

bool IsId(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), IsIdCharacter);
}

bool IsResource(std::string_view name) {
  const auto type = FindType(name);
  return type.has_value() && TypeOf(*type).resource;
}

// Resources that say how others look. Their ids are names that people gave
// them, and stand in canonical addresses.
constexpr std::string_view kDefinitions[] = {
    "CapabilityStatement",     "CodeSystem",
    "CompartmentDefinition",   "ConceptMap",
    "GraphDefinition",         "ImplementationGuide",
    "MessageDefinition",       "NamingSystem",
    "OperationDefinition",     "SearchParameter",
    "StructureDefinition",     "StructureMap",
    "TerminologyCapabilities", "ValueSet"};

bool IsShortNumber(std::string_view s) {
  return s.size() <= kMaxVersionDigits &&
         std::all_of(s.begin(), s.end(), IsDigit);
}

// More digits in a row than a version or a year has.
bool HasLongNumber(std::string_view s) {
  std::size_t digits = 0;
  for (const char c : s) {
    digits = IsDigit(c) ? digits + 1 : 0;
    if (digits > kMostDigits) return true;
  }
  return false;
}

std::size_t SchemeSize(std::string_view uri) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (uri.starts_with(scheme)) return scheme.size();
  }
  return 0;
}

// "…/Type/id[/_history/version]" or "…/Type": where its parts are.
struct Literal {
  bool found = false;
  std::size_t type_begin = 0;
  std::size_t type_end = 0;
  std::size_t id_begin = 0;  // 0: none
  std::size_t id_end = 0;
  std::size_t version_begin = 0;  // 0: none
};

// The last segment pair that fits counts: a server's path may hold others.
Literal FindLiteral(std::string_view uri) {
  Literal out;
  std::size_t begin = 0;
  while (begin <= uri.size()) {
    const std::size_t end = std::min(uri.find('/', begin), uri.size());
    const std::string_view segment = uri.substr(begin, end - begin);
    if (!segment.empty() && segment[0] >= 'A' && segment[0] <= 'Z' &&
        IsResource(segment)) {
      out = {true, begin, end, 0, 0, 0};
      if (end < uri.size()) {
        out.id_begin = end + 1;
        out.id_end = std::min(uri.find('/', end + 1), uri.size());
      }
      constexpr std::string_view kHistory = "/_history/";
      if (out.id_begin != 0 && uri.substr(out.id_end).starts_with(kHistory)) {
        out.version_begin = out.id_end + kHistory.size();
      }
    }
    begin = end + 1;
  }
  return out;
}

// Parameters of searches that ask for no person.
bool IsPlainParameter(std::string_view name) {
  constexpr std::string_view kNames[] = {
      "_count",          "_elements", "_format",  "_include",
      "_lastUpdated",    "_offset",   "_profile", "_revinclude",
      "_since",          "_sort",     "_summary", "_tag",
      "_total",          "_type",     "category", "class",
      "clinical-status", "code",      "date",     "intent",
      "onset-date",      "page",      "status",   "type"};
  return std::find(std::begin(kNames), std::end(kNames),
                   name.substr(0, name.find(':'))) != std::end(kNames);
}

class Parts {
 public:
  explicit Parts(std::string_view uri) : uri_(uri) {}

  std::vector<UriPart> Take() {
    if (uri_.empty()) return {};
    if (uri_.front() == '#') {
      if (uri_.size() > 1) Add(Kind::kId, 1, uri_.size());
      return std::move(out_);
    }
    if (uri_.starts_with("urn:")) {
      Urn();
      return std::move(out_);
    }
    std::size_t end = uri_.find('?');
    if (end == std::string_view::npos) {
      if (IsStandard(uri_)) return {};
      end = uri_.size();
    }
    if (!Path(end)) Add(Kind::kText, 0, end);
    if (end < uri_.size()) Query(end + 1);
    return std::move(out_);
  }

  std::vector<UriPart> TakeQuery() {
    Query(0);
    return std::move(out_);
  }

 private:
  void Add(Kind kind, std::size_t begin, std::size_t end) {
    if (begin < end) out_.push_back({kind, begin, end});
  }

  void Urn() {
    constexpr std::string_view kIds[] = {"urn:uuid:", "urn:oid:"};
    if (IsStandard(uri_)) return;
    for (const std::string_view scheme : kIds) {
      if (uri_.starts_with(scheme) && IsId(uri_.substr(scheme.size()))) {
        return Add(Kind::kId, scheme.size(), uri_.size());
      }
    }
    Add(Kind::kText, 0, uri_.size());
  }

  // The part before a query.
  bool Path(std::size_t end) {
    const std::string_view path = uri_.substr(0, end);
    const std::size_t scheme = SchemeSize(path);
    // A fragment names something contained in what is referred to.
    const std::size_t mark = std::min(path.find('#'), end);
    const Literal literal = FindLiteral(path.substr(0, mark));
    if (!literal.found) {
      if (scheme == 0) {
        if (!IsId(path)) return false;
        Add(Kind::kId, 0, end);
        return true;
      }
      Add(Kind::kAddress, scheme, end);
      return true;
    }
    if (scheme != 0) {
      Add(Kind::kAddress, scheme, std::max(literal.type_begin, scheme + 1) - 1);
    } else {
      Add(Kind::kText, 0, literal.type_begin);
    }
    Id(path, literal, mark);
    if (mark < end) Add(Kind::kId, mark + 1, end);
    return true;
  }

  void Id(std::string_view path, const Literal& literal, std::size_t mark) {
    if (literal.id_begin == 0) return;
    // "$everything" and "_search" are operations.
    const char first =
        literal.id_begin < path.size() ? path[literal.id_begin] : '$';
    if (first == '_' || first == '$') {
      return Add(Kind::kText, literal.id_begin, mark);
    }
    const std::string_view type =
        path.substr(literal.type_begin, literal.type_end - literal.type_begin);
    if (!IsNameOfDefinition(
            type,
            path.substr(literal.id_begin, literal.id_end - literal.id_begin))) {
      Add(Kind::kId, literal.id_begin, literal.id_end);
    }
    if (literal.version_begin == 0) {
      return Add(Kind::kText, literal.id_end, mark);
    }
    const std::string_view version =
        path.substr(literal.version_begin, mark - literal.version_begin);
    if (!IsShortNumber(version)) {
      Add(IsId(version) ? Kind::kId : Kind::kText, literal.version_begin, mark);
    }
  }

  void Query(std::size_t begin) {
    while (begin < uri_.size()) {
      const std::size_t end = std::min(uri_.find('&', begin), uri_.size());
      const std::size_t equals = uri_.substr(0, end).find('=', begin);
      if (equals == std::string_view::npos) {
        Add(Kind::kText, begin, end);
      } else {
        Parameter(uri_.substr(begin, equals - begin), equals + 1, end);
      }
      begin = end + 1;
    }
  }

  void Parameter(std::string_view name, std::size_t begin, std::size_t end) {
    const std::string_view value = uri_.substr(begin, end - begin);
    if (name.starts_with("identifier")) {
      const std::size_t bar = value.find('|');
      if (bar != std::string_view::npos) {
        const std::string_view system = value.substr(0, bar);
        if (!IsStandard(system)) {
          Add(Kind::kAddress, begin + SchemeSize(system), begin + bar);
        }
        begin += bar + 1;
      }
      return Add(Kind::kIdentifier, begin, end);
    }
    if (name == "_id") return Add(Kind::kId, begin, end);
    const Literal literal = FindLiteral(value);
    if (literal.found && literal.type_begin == 0 && literal.id_begin != 0) {
      return Add(Kind::kId, begin + literal.id_begin, begin + literal.id_end);
    }
    if (name == "patient" || name == "subject") {
      return Add(IsId(value) ? Kind::kId : Kind::kText, begin, end);
    }
    // A bare word says too little to be scanned.
    Add(IsPlainParameter(name) ? Kind::kText : Kind::kId, begin, end);
  }

  std::string_view uri_;
  std::vector<UriPart> out_;
};

}  // namespace

std::vector<UriPart> PartsOf(std::string_view uri) { return Parts(uri).Take(); }

std::vector<UriPart> PartsOfQuery(std::string_view query) {
  return Parts(query).TakeQuery();
}

bool IsNameOfDefinition(std::string_view type, std::string_view id) {
  id = id.substr(0, id.find('|'));
  return std::find(std::begin(kDefinitions), std::end(kDefinitions), type) !=
             std::end(kDefinitions) &&
         !HasLongNumber(id) && IsId(id);
}

bool IsStandard(std::string_view uri) {
  constexpr std::string_view kOid = "urn:oid:";
  if (uri.starts_with(kOid)) {
    const std::string_view oid = uri.substr(kOid.size());
    return !HasLongNumber(oid.substr(std::min<std::size_t>(oid.size(), 19))) &&
           std::any_of(
               std::begin(kStandardOids), std::end(kStandardOids),
               [&](std::string_view arc) { return oid.starts_with(arc); });
  }
  if (uri.starts_with("urn:ietf:") || uri.starts_with("urn:iso:") ||
      uri.starts_with("urn:iso-astm:")) {
    return !HasLongNumber(uri);
  }
  const std::size_t scheme = SchemeSize(uri);
  if (scheme == 0) return false;
  const std::string_view rest = uri.substr(scheme);
  const bool host = std::any_of(
      std::begin(kStandardHosts), std::end(kStandardHosts),
      [&](std::string_view h) {
        return !rest.empty() && rest[0] == h[0] && rest.starts_with(h) &&
               (h.back() == '/' || rest.size() == h.size() ||
                rest[h.size()] == '/' || rest[h.size()] == '|');
      });
  return host && !HasLongNumber(rest) &&
         std::none_of(rest.begin(), rest.end(), [](char c) {
           return c == '?' || c == '@' || c == ' ' || c == '%';
         });
}

std::string_view TypeInReference(std::string_view reference) {
  const Literal literal =
      FindLiteral(reference.substr(0, reference.find_first_of("?#")));
  return literal.found ? reference.substr(literal.type_begin,
                                          literal.type_end - literal.type_begin)
                       : std::string_view();
}

std::string_view IdInReference(std::string_view reference) {
  constexpr std::string_view kUuid = "urn:uuid:";
  if (reference.starts_with('#')) return reference.substr(1);
  if (reference.starts_with(kUuid)) return reference.substr(kUuid.size());
  const Literal literal =
      FindLiteral(reference.substr(0, reference.find_first_of("?#")));
  if (!literal.found || literal.id_begin == 0) return {};
  return reference.substr(literal.id_begin, literal.id_end - literal.id_begin);
}

}  // namespace phiwire::fhir
