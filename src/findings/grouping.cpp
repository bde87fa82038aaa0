#include "findings/grouping.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

// A tensor is often made by a helper: who called it says more.
constexpr std::size_t kFrames = 2;

}  // namespace

std::uint64_t bytes_on_all_devices(const ledger::AllocationView& row) {
    return row.bytes * std::max<std::uint64_t>(row.devices.size(), 1);
}

std::string origin(const ledger::AllocationView& row, std::size_t frames) {
    std::string site = call_path_text(row.call_site, frames);
    if (!site.empty() || !row.program) return site;
    site = call_path_text(row.program->call_site, frames);
    const std::string program = row.program->label.empty()
                                    ? fmt::format("program {}", row.program->runtime_id)
                                    : label_text(row.program->label);
    return site.empty() ? program : program + "  " + site;
}

std::vector<Group> group(const Rows& rows) {
    using Key = std::tuple<std::string, Kind, Region, std::uint64_t, std::vector<std::int32_t>>;
    std::map<Key, std::size_t> known;
    std::vector<Group> groups;
    for (const ledger::AllocationView* row : rows) {
        Key key{origin(*row, kFrames), row->kind, row->region, row->bytes, row->devices};
        const auto [at, added] = known.emplace(std::move(key), groups.size());
        if (added) groups.push_back({row, 0, 0});
        Group& one = groups[at->second];
        ++one.count;
        one.bytes += bytes_on_all_devices(*row);
    }
    std::stable_sort(groups.begin(), groups.end(),
                     [](const Group& a, const Group& b) { return a.bytes > b.bytes; });
    return groups;
}

std::vector<std::string> lines(const std::vector<Group>& groups, std::size_t all_devices) {
    struct Cells {
        std::string count, size, what, where;
    };
    std::vector<Cells> table;
    std::size_t count = 0, size = 0, what = 0;
    for (const Group& one : groups) {
        const ledger::AllocationView& row = *one.first;
        const std::string where = origin(row, kFrames);
        table.push_back(
            {std::to_string(one.count), bytes_text(row.bytes),
             fmt::format("{} in {} on {}",
                         one.count == 1 ? std::string(noun(row.kind)) : plural(noun(row.kind)),
                         title(row.region), devices_text(row.devices, all_devices)),
             where.empty() ? "call site not known" : where});
        count = std::max(count, table.back().count.size());
        size = std::max(size, table.back().size.size());
        what = std::max(what, table.back().what.size());
    }
    std::vector<std::string> text;
    for (const Cells& row : table) {
        text.push_back(fmt::format("{:>{}} x  {:>{}}  {:<{}}   {}", row.count, count, row.size,
                                   size, row.what, what, row.where));
    }
    return text;
}

Rows select(const std::vector<ledger::AllocationView>& from,
            const std::function<bool(const ledger::AllocationView&)>& wanted) {
    Rows rows;
    for (const ledger::AllocationView& row : from) {
        if (wanted(row)) rows.push_back(&row);
    }
    return rows;
}

std::string amounts(const Rows& rows) {
    std::array<std::uint64_t, kRegionCount> bytes{};
    for (const ledger::AllocationView* row : rows) {
        bytes[static_cast<std::size_t>(row->region)] += bytes_on_all_devices(*row);
    }
    std::vector<std::string> parts;
    for (const Region region : kRegions) {
        const std::uint64_t sum = bytes[static_cast<std::size_t>(region)];
        if (sum > 0) parts.push_back(fmt::format("{} of {}", bytes_text(sum), title(region)));
    }
    return parts.empty() ? "0 B" : listed(parts);
}

}  // namespace plimsoll::findings
