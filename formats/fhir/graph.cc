// SPDX-License-Identifier: Apache-2.0

#include "formats/fhir/graph.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "formats/fhir/identifiers.h"
#include "formats/fhir/uris.h"

namespace phiwire::fhir {
namespace {

using json::Document;
using json::Kind;
using json::Node;

// Members by which resources name their patient.
constexpr std::string_view kPatientMembers[] = {"subject", "patient",
                                                "beneficiary", "individual"};

bool IsPatient(std::string_view type) { return type == "Patient"; }

}  // namespace

Graph::Graph(const Document& doc) : doc_(doc) {
  bundle_ = doc.MemberText(0, "resourceType") == "Bundle";
  Collect(0, {});
  std::size_t patients = 0;
  for (Resource& resource : resources_) {
    if (!IsPatient(resource.type)) continue;
    AddPatient(&resource);
    if (++patients == 1) only_patient_ = resource.subject;
  }
  if (patients != 1) only_patient_ = -1;
  for (Resource& resource : resources_) {
    if (IsPatient(resource.type)) continue;
    resource.subject = Referred(resource.node);
  }
}

void Graph::Collect(std::uint32_t node, std::string_view full_url) {
  if (doc_.nodes[node].kind != Kind::kObject) return;
  Resource resource;
  resource.node = node;
  resource.type = doc_.MemberText(node, "resourceType");
  resource.id = doc_.MemberText(node, "id");
  resource.full_url = full_url;
  const auto index = static_cast<std::uint32_t>(resources_.size());
  resources_.push_back(resource);
  if (!resource.id.empty()) by_id_.try_emplace(resource.id, index);
  const std::string_view from_url = IdInReference(full_url);
  if (!from_url.empty()) by_id_.try_emplace(from_url, index);
  AddIdentifiers(
      node, IsPatient(resource.type) ? PhiType::kMedicalRecord : PhiType::kId);
  CollectList(doc_.Member(node, "contained"), {});
  if (resource.type == "Bundle") {
    CollectList(doc_.Member(node, "entry"), "resource");
  } else if (resource.type == "Parameters") {
    CollectList(doc_.Member(node, "parameter"), "resource");
  }
}

void Graph::CollectList(std::uint32_t list, std::string_view member) {
  if (list == 0 || doc_.nodes[list].kind != Kind::kArray) return;
  for (std::uint32_t i = list + 1; i < doc_.nodes[list].next;
       i = doc_.nodes[i].next) {
    if (member.empty()) {
      Collect(i, {});
    } else if (const std::uint32_t inner = doc_.Member(i, member)) {
      Collect(inner, doc_.MemberText(i, "fullUrl"));
    }
  }
}

void Graph::AddIdentifiers(std::uint32_t resource, PhiType otherwise) {
  const std::uint32_t list = doc_.Member(resource, "identifier");
  if (list == 0) return;
  const auto add = [&](std::uint32_t i) {
    const std::string_view value = doc_.MemberText(i, "value");
    if (!value.empty()) {
      values_.try_emplace(value, TypeOfIdentifier(doc_, i, otherwise));
    }
  };
  if (doc_.nodes[list].kind != Kind::kArray) return add(list);
  for (std::uint32_t i = list + 1; i < doc_.nodes[list].next;
       i = doc_.nodes[i].next) {
    add(i);
  }
}

std::string Graph::SubjectId(const Resource& patient) const {
  int best = 0;
  std::string id;
  const std::uint32_t list = doc_.Member(patient.node, "identifier");
  if (bundle_ && list != 0 && doc_.nodes[list].kind == Kind::kArray) {
    for (std::uint32_t i = list + 1; i < doc_.nodes[list].next;
         i = doc_.nodes[i].next) {
      const int rank = SubjectRank(doc_, i);
      if (rank <= best) continue;
      best = rank;
      id = doc_.MemberText(i, "value");
    }
  }
  if (best == 0) id = patient.id;
  if (id.empty()) id = IdInReference(patient.full_url);
  return id;
}

std::int32_t Graph::SubjectIndex(std::string id) {
  const auto it = std::find(subjects_.begin(), subjects_.end(), id);
  if (it != subjects_.end()) {
    return static_cast<std::int32_t>(it - subjects_.begin());
  }
  subjects_.push_back(std::move(id));
  return static_cast<std::int32_t>(subjects_.size() - 1);
}

void Graph::AddPatient(Resource* patient) {
  std::string id = SubjectId(*patient);
  if (!id.empty()) patient->subject = SubjectIndex(std::move(id));
}

// By the first reference to a patient; the record's only one otherwise.
std::int32_t Graph::Referred(std::uint32_t resource) {
  for (const std::string_view member : kPatientMembers) {
    const std::uint32_t object = doc_.Member(resource, member);
    if (object == 0) continue;
    const std::string_view reference = doc_.MemberText(object, "reference");
    const std::string_view id = IdInReference(reference);
    if (id.empty()) continue;
    const auto it = by_id_.find(id);
    if (it != by_id_.end()) {
      if (IsPatient(resources_[it->second].type)) {
        return resources_[it->second].subject;
      }
      continue;
    }
    if (IsPatient(TypeInReference(reference))) {
      return SubjectIndex(std::string(id));
    }
  }
  return only_patient_;
}

std::int32_t Graph::SubjectOf(std::uint32_t resource) const {
  const auto it = std::lower_bound(
      resources_.begin(), resources_.end(), resource,
      [](const Resource& r, std::uint32_t node) { return r.node < node; });
  return it != resources_.end() && it->node == resource ? it->subject : -1;
}

std::string_view Graph::TargetOf(std::string_view reference) const {
  const auto it = by_id_.find(IdInReference(reference));
  if (it != by_id_.end()) return resources_[it->second].type;
  return TypeInReference(reference);
}

PhiType Graph::TypeOfValue(std::string_view value) const {
  const auto it = values_.find(value);
  return it == values_.end() ? PhiType::kId : it->second;
}

}  // namespace phiwire::fhir
