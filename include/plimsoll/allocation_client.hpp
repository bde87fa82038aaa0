// The interface of an earlier allocation tracker for TT-Metalium, kept for code that was written
// for it. New code uses client.h, which tells more.
//
// What is reported here goes into this process's segment like all else; nothing is sent anywhere,
// and no call waits for a server. The old calls name no program, no cores and no banks: circular
// buffers are shown as unattributed, and what is occupied is taken to be what was asked for.
//
// Header only, C++17; link with libplimsoll.
#ifndef PLIMSOLL_ALLOCATION_CLIENT_HPP
#define PLIMSOLL_ALLOCATION_CLIENT_HPP

#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <map>
#include <mutex>
#include <string>
#include <tuple>

#include "plimsoll/client.h"

namespace plimsoll {

// Threads: any number at once, also while the process ends. Nothing throws.
// Memory:  an entry per live report, on the caller's heap; at most kMostReports.
class AllocationClient {
  public:
    static constexpr std::size_t kMostReports = std::size_t{1} << 20;

    // Whether TT_ALLOC_TRACKING_ENABLED was exactly "1" when this was first asked. Otherwise all
    // other calls do nothing.
    static bool is_enabled() noexcept {
        static const bool enabled = [] {
            const char* value = std::getenv("TT_ALLOC_TRACKING_ENABLED");
            return value != nullptr && std::strcmp(value, "1") == 0;
        }();
        return enabled;
    }

    // `size` in bytes; `buffer_type` is the runtime's: 0 DRAM, 1 L1, 2 system memory, 3 L1_SMALL,
    // 4 trace. `buffer_id` may be in use already: then there are two, and the first report of a
    // deallocation ends the newer one.
    static void report_allocation(int device_id, std::uint64_t size, std::uint8_t buffer_type,
                                  std::uint64_t buffer_id) noexcept {
        if (buffer_type > 4) return;
        constexpr plimsoll_region kRegions[] = {PLIMSOLL_DRAM, PLIMSOLL_L1, PLIMSOLL_SYSTEM,
                                                PLIMSOLL_L1_SMALL, PLIMSOLL_TRACE_REGION};
        const plimsoll_region region = kRegions[buffer_type];
        const plimsoll_kind kind = buffer_type == 4 ? PLIMSOLL_TRACE : PLIMSOLL_BUFFER;
        report({kBuffer, device_id, buffer_id}, size, kind, region, PLIMSOLL_USER);
    }
    // An unknown buffer is counted as an unmatched free.
    static void report_deallocation(int device_id, std::uint64_t buffer_id) noexcept {
        report_end({kBuffer, device_id, buffer_id});
    }

    static void report_cb_allocation(int device_id, std::uint64_t size,
                                     std::uint64_t cb_id) noexcept {
        report({kCircularBuffer, device_id, cb_id}, size, PLIMSOLL_CIRCULAR_BUFFER, PLIMSOLL_L1,
               PLIMSOLL_PROGRAM);
    }
    static void report_cb_deallocation(int device_id, std::uint64_t /*size*/,
                                       std::uint64_t cb_id) noexcept {
        report_end({kCircularBuffer, device_id, cb_id});
    }

    static void report_kernel_load(int device_id, std::uint64_t size, std::uint64_t kernel_id,
                                   std::uint8_t /*kernel_type*/ = 0) noexcept {
        report({kKernel, device_id, kernel_id}, size, PLIMSOLL_KERNEL_BINARY, PLIMSOLL_L1,
               PLIMSOLL_RUNTIME);
    }
    static void report_kernel_unload(int device_id, std::uint64_t /*size*/,
                                     std::uint64_t kernel_id) noexcept {
        report_end({kKernel, device_id, kernel_id});
    }

  private:
    enum What { kBuffer, kCircularBuffer, kKernel };
    using Key = std::tuple<What, int, std::uint64_t>;

    // Never destroyed: static objects of the program may still report when it ends.
    struct Reports {
        std::mutex mutex;
        plimsoll_client* client = nullptr;
        std::map<int, plimsoll_devices> devices;
        std::multimap<Key, plimsoll_id> live;
    };

    static Reports& reports() {
        static auto* all = new Reports{{}, attached(), {}, {}};
        return *all;
    }

    static plimsoll_client* attached() {
        const auto value = [](const char* name) {
            const char* text = std::getenv(name);
            return text != nullptr ? std::string(text) : std::string();
        };
        std::string socket = value("PLIMSOLL_SOCKET");
        if (socket.empty()) {
            const std::string runtime = value("XDG_RUNTIME_DIR");
            socket = (runtime.empty() ? "/run" : runtime) + "/plimsoll/plimsolld.sock";
        }
        plimsoll_options options{};
        options.size = sizeof options;
        options.runtime = "tt-metalium";
        options.socket_path = socket.c_str();
        plimsoll_client* client = nullptr;
        if (plimsoll_attach(&options, &client) != PLIMSOLL_OK) return nullptr;
        for (const plimsoll_kind kind :
             {PLIMSOLL_BUFFER, PLIMSOLL_CIRCULAR_BUFFER, PLIMSOLL_TRACE, PLIMSOLL_KERNEL_BINARY}) {
            constexpr char kWhy[] = "only what the program reports by itself is known";
            plimsoll_cover(client, kind, PLIMSOLL_AT_LEAST,
                           plimsoll_intern(client, kWhy, sizeof kWhy - 1));
        }
        std::atexit([] { plimsoll_exiting(reports().client); });
        return client;
    }

    static plimsoll_devices opened(Reports& all, int device) {
        plimsoll_devices& set = all.devices[device];
        if (set == 0) {
            plimsoll_device_info info{};
            info.size = sizeof info;
            info.device = device;
            plimsoll_device_open(all.client, &info, &set);
        }
        return set;
    }

    static void report(Key key, std::uint64_t size, plimsoll_kind kind, plimsoll_region region,
                       plimsoll_owner owner) noexcept try {
        if (!is_enabled()) return;
        Reports& all = reports();
        const std::lock_guard<std::mutex> lock(all.mutex);
        if (all.client == nullptr || all.live.size() >= kMostReports) return;
        plimsoll_allocation one{};
        one.size = sizeof one;
        one.kind = static_cast<std::uint8_t>(kind);
        one.region = static_cast<std::uint8_t>(region);
        one.owner = static_cast<std::uint8_t>(owner);
        one.reported = 1;
        one.devices = opened(all, std::get<int>(key));
        one.banks = 1;
        one.address = std::get<std::uint64_t>(key);
        one.bytes = size;
        one.bytes_per_bank = size;
        plimsoll_id id = 0;
        plimsoll_allocate(all.client, &one, &id);
        if (id != 0) all.live.emplace(key, id);
    } catch (...) {
        // Out of memory: the program goes on, and this one report is missing.
    }

    static void report_end(Key key) noexcept try {
        if (!is_enabled()) return;
        Reports& all = reports();
        const std::lock_guard<std::mutex> lock(all.mutex);
        if (all.client == nullptr) return;
        const auto [first, last] = all.live.equal_range(key);
        if (first == last) {
            plimsoll_unmatched_free(all.client);
            return;
        }
        const auto newest = std::prev(last);
        plimsoll_free(all.client, newest->second);
        all.live.erase(newest);
    } catch (...) {
    }
};

}  // namespace plimsoll

#endif
