#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "findings/finding.hpp"
#include "ledger/snapshot.hpp"

// The rules, one file each: a rule is a pure function that returns nothing when it is not broken.
namespace plimsoll::findings {

struct Scene {
    const ledger::Snapshot& snapshot;
    std::string_view package;  // such as "ttnn 0.66.0"; empty when unknown
};

std::vector<Finding> out_of_memory(const Scene& scene);
std::vector<Finding> circular_buffer_clash(const Scene& scene);
std::vector<Finding> grows_per_iteration(const Scene& scene);
std::vector<Finding> process_died_holding(const Scene& scene);
std::vector<Finding> buffer_outlives_device(const Scene& scene);
std::vector<Finding> left_at_exit(const Scene& scene);
std::vector<Finding> ledger_differs_from_allocator(const Scene& scene);
std::vector<Finding> runtime_forgot_circular_buffers(const Scene& scene);
std::vector<Finding> unattributed(const Scene& scene);
std::vector<Finding> program_cache_holds(const Scene& scene);
std::vector<Finding> freed_after_device_close(const Scene& scene);

}  // namespace plimsoll::findings
