#pragma once

#include <vector>

#include "metrics/family.hpp"
#include "metrics/scene.hpp"

namespace plimsoll::metrics {

// All metrics of one moment, docs/metrics.md tells what each means. Their names and labels are an
// interface. There are as many as there are chips, regions, kinds and codes, never as many as there
// are allocations.
std::vector<Family> families(const Scene& scene);

// Parts of it.
void add_memory(std::vector<Family>& to, const Scene& scene);     // of each chip
void add_kinds(std::vector<Family>& to, const Scene& scene);      // of each chip, by kind
void add_processes(std::vector<Family>& to, const Scene& scene);  // and pods
void add_doings(std::vector<Family>& to, const Scene& scene);     // counters, findings, coverage
void add_upstream(std::vector<Family>& to, const Scene& scene);   // the runtime's own account
void add_server(std::vector<Family>& to, const Scene& scene);

}  // namespace plimsoll::metrics
