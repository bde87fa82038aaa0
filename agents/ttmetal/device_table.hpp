#pragma once

#include <plimsoll/client.h>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstring>

#include "agents/ttmetal/runtime.hpp"

namespace plimsoll::ttmetal {

// What the seams need to know of an open chip or mesh.
struct DeviceFacts {
    plimsoll_devices set = 0;
    std::uint32_t chips = 0;
    std::uint32_t alignment = 1;  // the allocator's unit, in every region
    std::uint32_t banks[PLIMSOLL_REGION_COUNT] = {};
    const Allocator* allocator = nullptr;  // a key: which allocator `banks` describes
};

// The chips and meshes that are open, by their objects' addresses. An address is used again by the
// next open, so closing takes it out and the next sight of it registers a new generation.
//
// Threads: any, no lock. Two that put the same device at once leave it in twice, equally; remove()
// takes out both.
class DeviceTable {
  public:
    static constexpr std::size_t kCapacity = 1024;

    bool find(const Device* device, DeviceFacts* facts) const {
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe) {
            const Slot& slot = slots_[(home(device) + probe) % kCapacity];
            const Device* key = slot.key.load(std::memory_order_acquire);
            if (key == device && key != nullptr) {
                slot.load(facts);
                std::atomic_thread_fence(std::memory_order_acquire);
                // Still the same one: the copy is not that of a device that took its place.
                if (slot.key.load(std::memory_order_relaxed) == device) return true;
            }
            if (key == nullptr) return false;
        }
        return false;
    }

    // False: too many devices are open.
    bool put(const Device* device, const DeviceFacts& facts) {
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe) {
            Slot& slot = slots_[(home(device) + probe) % kCapacity];
            const Device* key = slot.key.load(std::memory_order_acquire);
            if ((key == nullptr || key == closed()) &&
                slot.key.compare_exchange_strong(key, opening(), std::memory_order_acq_rel)) {
                slot.store(facts);
                slot.key.store(device, std::memory_order_release);
                return true;
            }
        }
        return false;
    }

    // False: it was not in it.
    bool remove(const Device* device) {
        bool removed = false;
        for (std::size_t probe = 0; probe < kMaxProbes; ++probe) {
            Slot& slot = slots_[(home(device) + probe) % kCapacity];
            const Device* key = device;
            if (slot.key.load(std::memory_order_relaxed) == nullptr) break;
            removed |= slot.key.compare_exchange_strong(key, closed(), std::memory_order_acq_rel);
        }
        return removed;
    }

  private:
    static constexpr std::size_t kMaxProbes = 64;
    static constexpr std::size_t kWords = sizeof(DeviceFacts) / 8;
    static_assert(sizeof(DeviceFacts) % 8 == 0);

    // A copy in words, each atomic: a reader that meets a slot being filled sees mixed words,
    // never undefined behaviour, and finds out by the key.
    struct alignas(64) Slot {
        std::atomic<const Device*> key;
        std::atomic<std::uint64_t> words[kWords];

        void store(const DeviceFacts& facts) {
            std::uint64_t copy[kWords] = {};
            std::memcpy(copy, &facts, sizeof facts);
            for (std::size_t i = 0; i < kWords; ++i) {
                words[i].store(copy[i], std::memory_order_relaxed);
            }
        }
        // Straight to its place: a second copy would wait for the stores of the first.
        void load(DeviceFacts* facts) const {
            for (std::size_t i = 0; i < kWords; ++i) {
                const std::uint64_t word = words[i].load(std::memory_order_relaxed);
                std::memcpy(reinterpret_cast<char*>(facts) + i * sizeof word, &word, sizeof word);
            }
        }
    };

    static std::size_t home(const Device* device) {
        const auto key = reinterpret_cast<std::uintptr_t>(device);
        return ((key >> 4) * 0x9E3779B97F4A7C15u) >> 54;
    }
    // No object has these addresses.
    static const Device* closed() { return reinterpret_cast<const Device*>(std::uintptr_t{1}); }
    static const Device* opening() { return reinterpret_cast<const Device*>(std::uintptr_t{2}); }

    Slot slots_[kCapacity];
};

}  // namespace plimsoll::ttmetal
