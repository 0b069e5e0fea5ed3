// SPDX-License-Identifier: Apache-2.0

#include "policy/anonymizer_set.h"

#include <algorithm>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "anonymizers/replace.h"
#include "base/key_file.h"
#include "base/status_macros.h"
#include "base/strings.h"
#include "phiwire/deidentifier.h"
#include "policy/anonymizer_catalogue.h"
#include "policy/user_anonymizer.h"

namespace phiwire {
namespace {

// "FILE:LINE:COLUMN: message" where a file is to blame, else the policy's name.
absl::Status PolicyError(const Policy& policy, const std::string& place,
                         std::string_view message) {
  return absl::InvalidArgumentError(
      place.empty() ? Concat({"policy ", policy.name, ": ", message})
                    : Concat({place, ": ", message}));
}

std::string PlaceOf(const Policy& policy, const std::string& key) {
  const auto it = policy.places.find(key);
  return it == policy.places.end() ? "" : it->second;
}

// `name`: the setting that gives the source ("key").
absl::StatusOr<SecretKey> KeyOf(const Policy& policy, const std::string& name,
                                const std::string& source) {
  absl::StatusOr<SecretKey> key = ReadKey(source);
  if (key.ok()) return key;
  return PolicyError(policy, PlaceOf(policy, name),
                     ToStd(key.status().message()));
}

bool IsKeyed(const TypePolicy& type) {
  const AnonymizerEntry* entry = FindAnonymizer(type.anonymizer);
  return entry != nullptr && entry->needs == AnonymizerEntry::kNeedsKey;
}

// Tokens: of token, of replace with ids: token, of hash with remember: true.
bool WantsTokens(const TypePolicy& type) {
  const auto has = [&](const char* name, std::string_view value) {
    const auto it = type.params.find(name);
    return it != type.params.end() && it->second == value;
  };
  return type.anonymizer == "token" || has("ids", "token") ||
         has("remember", "true");
}

std::string Named(const PolicyOverride& where) {
  std::string out;
  if (where.format) out += Concat({"format ", FormatName(*where.format), ": "});
  if (!where.field.empty()) return Concat({out, "field ", where.field});
  return Concat({out, where.slots ? "slots of type " : "type ",
                 where.type ? TypeName(*where.type) : "any"});
}

// "PID-5" is PID-5 and its components; a "*" at the end stands for anything.
bool Matches(std::string_view pattern, std::string_view path) {
  if (pattern.ends_with('*')) {
    return path.starts_with(pattern.substr(0, pattern.size() - 1));
  }
  return path.starts_with(pattern) &&
         (path.size() == pattern.size() || path[pattern.size()] == '.');
}

bool Applies(const PolicyOverride& where, const ValuePlace& place) {
  return (!where.format || *where.format == place.format) &&
         (!where.slots || place.slot) &&
         (!where.type || *where.type == place.type) &&
         (where.field.empty() || Matches(where.field, place.path));
}

int Rank(const PolicyOverride& where) {
  return (where.field.empty() ? 0 : 4) + (where.slots ? 2 : 0) +
         (where.format ? 1 : 0);
}

}  // namespace

AnonymizerSet::AnonymizerSet() = default;

bool AnonymizerSet::WantsVault(const Policy& policy) {
  return std::any_of(policy.types.begin(), policy.types.end(),
                     [](const TypePolicy& type) {
                       return type.enabled && WantsTokens(type);
                     }) ||
         std::any_of(policy.overrides.begin(), policy.overrides.end(),
                     [](const PolicyOverride& where) {
                       return WantsTokens(where.policy);
                     });
}

class AnonymizerSet::Builder {
 public:
  Builder(const Policy& policy, const UserAnonymizers& own,
          AnonymizerContext context)
      : policy_(policy), own_(own), context_(std::move(context)) {}

  absl::StatusOr<AnonymizerSet> Build() {
    PHIWIRE_RETURN_IF_ERROR(ReadKeys());
    PHIWIRE_RETURN_IF_ERROR(OpenVault());
    PHIWIRE_ASSIGN_OR_RETURN(set_.fallback_, NewReplace({}, context_));
    for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
      const auto type = static_cast<PhiType>(i);
      const TypePolicy& wanted = policy_.types[i];
      // A type that is not looked for needs no key.
      const bool off = !wanted.enabled && IsKeyed(wanted) && !set_.keys_;
      PHIWIRE_ASSIGN_OR_RETURN(
          set_.by_type_[i],
          Make(off ? TypePolicy() : wanted, Concat({"type ", TypeName(type)})));
    }
    for (const PolicyOverride& where : policy_.overrides) {
      PHIWIRE_ASSIGN_OR_RETURN(Choice choice, Make(where.policy, Named(where)));
      set_.overrides_.push_back({where, std::move(choice)});
    }
    std::stable_sort(set_.overrides_.begin(), set_.overrides_.end(),
                     [](const Override& a, const Override& b) {
                       return Rank(a.where) < Rank(b.where);
                     });
    return std::move(set_);
  }

 private:
  // Calls visit(settings, where) for all that may be used.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (std::size_t i = 0; i < kPhiTypeCount; ++i) {
      if (!policy_.types[i].enabled) continue;
      visit(policy_.types[i],
            Concat({"type ", TypeName(static_cast<PhiType>(i))}));
    }
    for (const PolicyOverride& where : policy_.overrides) {
      visit(where.policy, Named(where));
    }
  }

  absl::Status ReadKeys() {
    std::string keyed;
    std::string place;
    ForEach([&](const TypePolicy& type, const std::string& where) {
      if (!IsKeyed(type) || !keyed.empty()) return;
      place = type.place;
      keyed = Concat({where, ": anonymizer ", type.anonymizer});
    });
    const bool vault = !policy_.vault_file.empty() && policy_.vault_key.empty();
    if (keyed.empty() && (!vault || policy_.key_file.empty())) {
      return absl::OkStatus();
    }
    if (policy_.key_file.empty()) {
      return PolicyError(policy_, place,
                         Concat({keyed,
                                 " needs a key file, and the policy names "
                                 "none (key: FILE, made by phiwire keygen)"}));
    }
    PHIWIRE_ASSIGN_OR_RETURN(SecretKey key,
                             KeyOf(policy_, "key", policy_.key_file));
    PHIWIRE_ASSIGN_OR_RETURN(KeyRing ring,
                             KeyRing::Create(std::move(key), policy_.tenant));
    for (const std::string& source : policy_.old_keys) {
      PHIWIRE_ASSIGN_OR_RETURN(SecretKey old,
                               KeyOf(policy_, "old_keys", source));
      const absl::Status added = ring.AddOld(std::move(old));
      if (!added.ok())
        return PolicyError(policy_, PlaceOf(policy_, "old_keys"),
                           ToStd(added.message()));
    }
    set_.keys_ = std::make_unique<const KeyRing>(std::move(ring));
    context_.keys = set_.keys_.get();
    return absl::OkStatus();
  }

  absl::Status OpenVault() {
    if (!WantsVault(policy_)) return absl::OkStatus();
    if (policy_.vault_file.empty()) {
      PHIWIRE_ASSIGN_OR_RETURN(set_.vault_, TokenVault::ForRun());
    } else if (!policy_.vault_key.empty()) {
      PHIWIRE_ASSIGN_OR_RETURN(SecretKey key,
                               KeyOf(policy_, "vault_key", policy_.vault_key));
      PHIWIRE_ASSIGN_OR_RETURN(const KeyRing ring,
                               KeyRing::Create(std::move(key), policy_.tenant));
      PHIWIRE_RETURN_IF_ERROR(OpenFile(ring));
    } else if (set_.keys_ != nullptr) {
      PHIWIRE_RETURN_IF_ERROR(OpenFile(*set_.keys_));
    } else {
      return PolicyError(policy_, PlaceOf(policy_, "vault"),
                         "the vault needs a key (vault_key: FILE or key: "
                         "FILE, made by phiwire keygen)");
    }
    context_.vault = set_.vault_.get();
    return absl::OkStatus();
  }

  absl::Status OpenFile(const KeyRing& keys) {
    auto vault = TokenVault::Open(policy_.vault_file, keys, /*create=*/true);
    if (!vault.ok()) {
      return PolicyError(policy_, PlaceOf(policy_, "vault"),
                         ToStd(vault.status().message()));
    }
    set_.vault_ = *std::move(vault);
    return absl::OkStatus();
  }

  absl::StatusOr<Choice> Make(const TypePolicy& wanted,
                              const std::string& where) {
    PHIWIRE_ASSIGN_OR_RETURN(auto made, MakeAnonymizer(wanted, where));
    // One object may serve several types.
    if (std::find(set_.all_.begin(), set_.all_.end(), made) ==
        set_.all_.end()) {
      set_.all_.push_back(made);
    }
    return Choice{std::move(made), wanted.on_failure, wanted.place};
  }

  absl::StatusOr<std::shared_ptr<const Anonymizer>> MakeAnonymizer(
      const TypePolicy& wanted, const std::string& where) {
    const auto error = [&](std::string_view message) {
      return PolicyError(policy_, wanted.place, Concat({where, ": ", message}));
    };
    if (const auto name = UserName(wanted.anonymizer)) {
      const auto it = own_.find(std::string(*name));
      if (it == own_.end() || it->second == nullptr) {
        return error(Concat(
            {"no anonymizer of that name is registered: ", wanted.anonymizer}));
      }
      std::shared_ptr<const Anonymizer>& wrapped = wrapped_[it->second.get()];
      if (wrapped == nullptr) {
        wrapped = std::make_shared<const UserAnonymizer>(*name, it->second);
      }
      return wrapped;
    }
    const AnonymizerEntry* entry = FindAnonymizer(wanted.anonymizer);
    if (entry == nullptr) {
      return error(Concat({"unknown anonymizer; known: ", AnonymizerNames()}));
    }
    const absl::Status status = CheckParams(*entry, wanted.params);
    if (!status.ok()) return error(ToStd(status.message()));
    AnonymizerContext context = context_;
    // Tokens of one run remember nothing.
    const bool remembers = wanted.anonymizer == "hash";
    if (remembers && policy_.vault_file.empty()) context.vault = nullptr;
    auto made = entry->make(wanted.params, context);
    if (!made.ok()) return error(ToStd(made.status().message()));
    return std::shared_ptr<const Anonymizer>(*std::move(made));
  }

  const Policy& policy_;
  const UserAnonymizers& own_;
  // By the user's object, so that it finishes a record once.
  std::map<const Anonymizer*, std::shared_ptr<const Anonymizer>> wrapped_;
  AnonymizerContext context_;
  AnonymizerSet set_;
};

absl::StatusOr<AnonymizerSet> AnonymizerSet::Build(const Policy& policy,
                                                   const SlotOptions& options,
                                                   std::string_view data_dir,
                                                   const UserAnonymizers& own) {
  AnonymizerContext context;
  context.slots = options;
  context.data_dir = std::string(data_dir);
  return Builder(policy, own, std::move(context)).Build();
}

const AnonymizerSet::Choice& AnonymizerSet::Overridden(
    const ValuePlace& place) const {
  for (auto it = overrides_.rbegin(); it != overrides_.rend(); ++it) {
    if (Applies(it->where, place)) return it->choice;
  }
  return by_type_[static_cast<std::size_t>(place.type)];
}

std::vector<std::string> AnonymizerSet::key_ids() const {
  return keys_ == nullptr ? std::vector<std::string>() : keys_->ids();
}

}  // namespace phiwire
