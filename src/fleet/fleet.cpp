#include "fleet/fleet.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

namespace plimsoll::fleet {
namespace {

std::uint64_t whole(double value) {
    constexpr double kMost = 9e18;
    return value > 0 && value < kMost ? static_cast<std::uint64_t>(value + 0.5) : 0;
}

// Asks one query after the other, until one is refused.
class Questions {
  public:
    explicit Questions(const Ask& ask) : ask_(&ask) {}

    Rows rows(const std::string& query) {
        if (refused_) return {};
        auto answer = (*ask_)(query);
        if (auto* refused = std::get_if<Refused>(&answer)) {
            refused_ = std::move(*refused);
            return {};
        }
        return std::get<Rows>(std::move(answer));
    }
    // 0 where nothing is there to be counted.
    std::uint64_t number(const std::string& query) {
        const Rows answer = rows(query);
        return answer.empty() ? 0 : whole(answer.front().value);
    }
    [[nodiscard]] const std::optional<Refused>& refused() const { return refused_; }

  private:
    const Ask* ask_;
    std::optional<Refused> refused_;
};

// instance=~"a\\.b:9464|c",: of these hosts alone, which is far less to read than of all.
std::string of_hosts(const Rows& rows) {
    std::set<std::string> hosts;
    for (const Row& row : rows) hosts.insert(row.label("instance"));
    std::string pattern;
    for (const std::string& host : hosts) {
        if (!pattern.empty()) pattern += '|';
        for (const char c : host) {
            const bool special = std::string_view("\\.+*?()|[]{}^$\"").find(c) != std::string::npos;
            // Once for the pattern, once for the string it stands in.
            if (special) pattern += "\\\\";
            if (c == '"' || c == '\\') pattern += '\\';
            pattern += c;
        }
    }
    return fmt::format("instance=~\"{}\",", pattern);
}

using Place = std::pair<std::string, std::string>;  // host, chip

std::map<Place, std::uint64_t> by_place(const Rows& rows) {
    std::map<Place, std::uint64_t> values;
    for (const Row& row : rows) {
        values[{row.label("instance"), row.label("device")}] = whole(row.value);
    }
    return values;
}

// `condition`: on the labels of both metrics.
void add_chips(Questions& questions, std::uint64_t top, const std::string& region,
               const std::string& live, const std::string& capacity, const std::string& condition,
               std::vector<Chip>& to) {
    const Rows worst = questions.rows(
        fmt::format("topk({0}, {1}{{{3}}} / ({2}{{{3}}} > 0))", top, live, capacity, condition));
    if (worst.empty()) return;
    const std::string hosts = of_hosts(worst);
    const auto asked = [&](const std::string& metric) {
        return by_place(questions.rows(fmt::format("{}{{{}{}}}", metric, hosts, condition)));
    };
    const auto lives = asked(live);
    const auto capacities = asked(capacity);
    for (const Row& row : worst) {
        Chip chip{row.label("instance"), row.label("device"), row.label("arch"), region, 0, 0};
        const Place place{chip.host, chip.device};
        const auto at = lives.find(place);
        const auto of = capacities.find(place);
        if (at == lives.end() || of == capacities.end()) continue;  // it has just closed
        chip.live = at->second;
        chip.capacity = of->second;
        to.push_back(std::move(chip));
    }
}

std::vector<Chip> fullest(Questions& questions, std::uint64_t top) {
    std::vector<Chip> chips;
    add_chips(questions, top, "dram", "plimsoll_memory_live_bytes",
              "plimsoll_memory_capacity_bytes", "region=\"dram\"", chips);
    add_chips(questions, top, "l1_per_core", "plimsoll_l1_core_live_bytes",
              "plimsoll_l1_core_capacity_bytes", "", chips);
    std::stable_sort(chips.begin(), chips.end(),
                     [](const Chip& a, const Chip& b) { return a.used() > b.used(); });
    if (chips.size() > top) chips.resize(top);
    return chips;
}

std::vector<HostProcess> largest(Questions& questions, std::uint64_t top) {
    std::vector<HostProcess> processes;
    const std::string query = fmt::format(
        "topk({}, sum by (instance, pid, process, user) (plimsoll_process_live_bytes))", top);
    for (const Row& row : questions.rows(query)) {
        processes.push_back({row.label("instance"), row.label("pid"), row.label("process"),
                             row.label("user"), whole(row.value)});
    }
    std::stable_sort(processes.begin(), processes.end(),
                     [](const HostProcess& a, const HostProcess& b) { return a.live > b.live; });
    return processes;
}

std::vector<HostFinding> findings(Questions& questions, std::uint64_t top) {
    std::map<std::pair<std::string, std::string>, HostFinding> known;
    const auto of = [&known](const Row& row) -> HostFinding& {
        HostFinding& one = known[{row.label("instance"), row.label("code")}];
        one.host = row.label("instance");
        one.code = row.label("code");
        return one;
    };
    for (const Row& row : questions.rows(fmt::format("topk({}, plimsoll_findings > 0)", top))) {
        of(row).running = whole(row.value);
    }
    for (const Row& row : questions.rows(fmt::format(
             "topk({}, round(increase(plimsoll_ended_findings_total[1h])) > 0)", top))) {
        of(row).ended = whole(row.value);
    }
    std::vector<HostFinding> list;
    for (auto& [place, one] : known) list.push_back(std::move(one));
    std::stable_sort(list.begin(), list.end(), [](const HostFinding& a, const HostFinding& b) {
        return std::tie(a.running, a.ended) > std::tie(b.running, b.ended);
    });
    if (list.size() > top) list.resize(top);
    return list;
}

}  // namespace

std::variant<Fleet, Refused> look_at_fleet(const Ask& ask, std::uint64_t top) {
    Questions questions(ask);
    Fleet fleet;
    fleet.hosts = questions.number("count(plimsoll_build_info)");
    fleet.chips = questions.number("sum(plimsoll_device_open)");
    fleet.processes = questions.number("sum(plimsoll_processes)");
    fleet.silent_count = questions.number("count(up{job=\"plimsoll\"} == 0)");
    for (const Row& row :
         questions.rows(fmt::format("topk({}, up{{job=\"plimsoll\"}} == 0)", top))) {
        fleet.silent.push_back(row.label("instance"));
    }
    std::sort(fleet.silent.begin(), fleet.silent.end());
    fleet.fullest = fullest(questions, top);
    fleet.largest = largest(questions, top);
    fleet.findings = findings(questions, top);
    if (questions.refused()) return *questions.refused();
    return fleet;
}

}  // namespace plimsoll::fleet
