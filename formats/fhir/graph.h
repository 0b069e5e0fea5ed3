// SPDX-License-Identifier: Apache-2.0
//
// Who is who in a record: its resources with their ids, the patient each is
// about, what references point to. Made in a pass before the fields are read,
// since a Bundle has no order.
//
// A patient in a Bundle is known by the medical record number (else the first
// identifier without a type, else any, else the logical id); in a record of its
// own, as in a bulk export, by the logical id that the other files' references
// have. Immutable once built; views into the document.

#ifndef PHIWIRE_FORMATS_FHIR_GRAPH_H_
#define PHIWIRE_FORMATS_FHIR_GRAPH_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "formats/json/document.h"
#include "phiwire/types.h"

namespace phiwire::fhir {

class Graph {
 public:
  explicit Graph(const json::Document& doc);

  // Ids of the patients, in order; hand them to RecordFields.
  const std::vector<std::string>& subjects() const { return subjects_; }
  // Whom a resource (by its node) is about: an index of subjects(), or -1.
  std::int32_t SubjectOf(std::uint32_t resource) const;
  // The type a reference points to; "" when it can't be told.
  std::string_view TargetOf(std::string_view reference) const;
  // What an identifier of this value is in the record; kId when it has none.
  PhiType TypeOfValue(std::string_view value) const;

 private:
  struct Resource {
    std::uint32_t node = 0;
    std::string_view type;
    std::string_view id;
    std::string_view full_url;
    std::int32_t subject = -1;
  };

  void Collect(std::uint32_t node, std::string_view full_url);
  void CollectList(std::uint32_t list, std::string_view member);
  void AddPatient(Resource* patient);
  void AddIdentifiers(std::uint32_t resource, PhiType otherwise);
  std::string SubjectId(const Resource& patient) const;
  std::int32_t Referred(std::uint32_t resource);
  std::int32_t SubjectIndex(std::string id);

  const json::Document& doc_;
  bool bundle_ = false;
  std::vector<Resource> resources_;  // by node, as they stand
  std::unordered_map<std::string_view, std::uint32_t> by_id_;
  std::unordered_map<std::string_view, PhiType> values_;
  std::vector<std::string> subjects_;
  std::int32_t only_patient_ = -1;  // where there is one only
};

}  // namespace phiwire::fhir

#endif  // PHIWIRE_FORMATS_FHIR_GRAPH_H_
