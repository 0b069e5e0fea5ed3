// SPDX-License-Identifier: Apache-2.0
//
// Ready-made things that only one thread may use at a time (a keyed OpenSSL
// context), handed out without a lock and taken back after use. When all are
// out, a new one is made. Safe from any thread.

#ifndef PHIWIRE_BASE_CONTEXT_POOL_H_
#define PHIWIRE_BASE_CONTEXT_POOL_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <memory>

namespace phiwire {

// Deleter: a function object with a static lifetime, such as OpenSSL's free
// functions wrapped in a struct.
template <class T, class Deleter>
class ContextPool {
 public:
  using Owned = std::unique_ptr<T, Deleter>;

  ContextPool() = default;
  ContextPool(const ContextPool&) = delete;
  ContextPool& operator=(const ContextPool&) = delete;
  ~ContextPool() {
    for (auto& slot : slots_) Owned(slot.exchange(nullptr)).reset();
  }

  // Null when none is at rest: make one, and give it back all the same.
  Owned Take() const {
    for (auto& slot : slots_) {
      if (slot.load(std::memory_order_relaxed) == nullptr) continue;
      if (T* taken = slot.exchange(nullptr, std::memory_order_acquire)) {
        return Owned(taken);
      }
    }
    return nullptr;
  }

  // Kept when there is room, else freed.
  void Return(Owned context) const {
    for (auto& slot : slots_) {
      T* empty = nullptr;
      if (slot.compare_exchange_strong(empty, context.get(),
                                       std::memory_order_release,
                                       std::memory_order_relaxed)) {
        context.release();
        return;
      }
    }
  }

 private:
  static constexpr std::size_t kSlots = 32;  // more threads make more, and free
  mutable std::array<std::atomic<T*>, kSlots> slots_{};
};

}  // namespace phiwire

#endif  // PHIWIRE_BASE_CONTEXT_POOL_H_
