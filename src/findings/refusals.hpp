#pragma once

#include <functional>
#include <vector>

#include "findings/finding.hpp"
#include "findings/rules.hpp"

// Refusals of a snapshot, those that are alike together.
namespace plimsoll::findings {

// Refusals with the same signature, the first of them in full.
struct Alike {
    Refused refused;
    const ledger::RefusalView* first = nullptr;  // borrowed from the snapshot
    std::uint64_t count = 0;
    bool survived = true;  // every process among them ended with exit code 0
};

// Those for which `judge` has a verdict, in the order of the first ones.
std::vector<Alike> alike_refusals(
    const ledger::Snapshot& snapshot,
    const std::function<std::optional<Refused>(const ledger::RefusalView&)>& judge);

// What both rules begin with: request, holders, and how far these reach.
Refused describe(const ledger::RefusalView& view);

// Code, severity, count, devices, and the typed part.
Finding finding_of(std::string_view code, const Alike& alike);

}  // namespace plimsoll::findings
