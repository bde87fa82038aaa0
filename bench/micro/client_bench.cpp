// What one call of the client takes, beside what others take for the same event: JSON on standard
// output.
//
//   client_bench [ROUNDS [BURSTS]]
//
// The contenders take turns, round by round. Each allocates and frees the same few buffers again
// and again while 10,000 others stay.
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>

#include "bench/micro/floor.hpp"
#include "bench/micro/logger.hpp"
#include "bench/micro/measure.hpp"
#include "bench/micro/plimsoll_client.hpp"
#include "bench/micro/shared_counters.hpp"
#include "bench/micro/socket_client.hpp"
#include "bench/micro/special_cases.hpp"
#include "bench/micro/threads.hpp"
#include "bench/micro/trace.h"

using namespace plimsoll::bench;
using nlohmann::ordered_json;

namespace {

class Tracepoint {
  public:
    void allocate(std::size_t i) { plimsoll_bench_trace(1, i * 32); }
    void free(std::size_t i) { plimsoll_bench_trace(2, i * 32); }
};

ordered_json json_of(const Samples& samples) {
    return {{"median", quantile(samples.of_rounds, 0.5)},
            {"low", quantile(samples.of_rounds, 0.25)},
            {"high", quantile(samples.of_rounds, 0.75)},
            {"p99_9", quantile(samples.single_ns, 0.999)}};
}

ordered_json row_of(const char* name, const Pair& pair) {
    return {
        {"name", name}, {"allocate_ns", json_of(pair.allocate)}, {"free_ns", json_of(pair.free)}};
}

// One after the other, round by round.
template <class... Contender>
void take_turns(std::size_t rounds, std::size_t bursts, std::pair<Contender&, Pair&>... turns) {
    for (std::size_t round = 0; round < rounds; ++round) {
        (measure_round(turns.first, turns.second, bursts), ...);
    }
}

ordered_json against_others(std::size_t rounds, std::size_t bursts) {
    Attached attached;
    Held held(attached, 10'000);
    Floor floor;
    PlimsollClient client(attached);
    SharedCounters one_chip(1);
    SharedCounters eight_chips(8);
    SocketClient socket;
    Tracepoint tracepoint;
    Logger logger;
    Pair of_floor, of_client, of_one, of_eight, of_socket, of_trace, of_logger;
    take_turns<Floor, PlimsollClient, SharedCounters, SharedCounters, SocketClient, Tracepoint,
               Logger>(rounds, bursts, {floor, of_floor}, {client, of_client}, {one_chip, of_one},
                       {eight_chips, of_eight}, {socket, of_socket}, {tracepoint, of_trace},
                       {logger, of_logger});
    return {row_of("floor", of_floor),
            row_of("plimsoll", of_client),
            row_of("shared counters, 1 chip", of_one),
            row_of("shared counters, 8 chips", of_eight),
            row_of("socket client", of_socket),
            row_of(plimsoll_bench_is_traced() != 0 ? "LTTng-UST" : "LTTng-UST, not recording",
                   of_trace),
            row_of("spdlog, asynchronous", of_logger)};
}

ordered_json in_other_states(std::size_t rounds, std::size_t bursts) {
    constexpr std::uint32_t kCapacity = 65'536;
    Attached plain;
    Attached full_table(kCapacity);
    Held held(full_table, kCapacity - 2 * kBurst);
    Attached short_ring(0, 256);
    PlimsollClient usual(plain), full(full_table), overrun(short_ring);
    Disabled disabled;
    Nothing nothing;
    Pair of_usual, of_full, of_overrun, of_disabled, of_nothing;
    take_turns<PlimsollClient, PlimsollClient, PlimsollClient, Disabled, Nothing>(
        rounds, bursts, {usual, of_usual}, {full, of_full}, {overrun, of_overrun},
        {disabled, of_disabled}, {nothing, of_nothing});
    return {row_of("usual", of_usual),
            row_of("table nearly full", of_full),
            row_of("ring of 256 events, overrun", of_overrun),
            row_of("disabled", of_disabled),
            row_of("an empty function", of_nothing),
            row_of("cold start", cold_start(rounds))};
}

ordered_json with_threads(std::size_t rounds, std::size_t bursts) {
    ordered_json rows = ordered_json::array();
    Attached attached;
    std::atomic<std::uint64_t> number{0};
    constexpr std::array<std::size_t, 3> kThreads{1, 2, 4};
    std::array<Pair, kThreads.size()> of_client, of_floor;
    for (std::size_t round = 0; round < rounds; ++round) {
        for (std::size_t i = 0; i < kThreads.size(); ++i) {
            measure_threads<PlimsollClient>(attached, kThreads[i], of_client[i], bursts);
            measure_threads<NumberedFloor>(number, kThreads[i], of_floor[i], bursts);
        }
    }
    for (std::size_t i = 0; i < kThreads.size(); ++i) {
        const std::string threads = std::to_string(kThreads[i]);
        rows.push_back(row_of(("plimsoll, " + threads).c_str(), of_client[i]));
        rows.push_back(row_of(("floor with a shared number, " + threads).c_str(), of_floor[i]));
    }
    return rows;
}

}  // namespace

int main(int argc, char** argv) {
    const std::size_t rounds = argc > 1 ? std::strtoul(argv[1], nullptr, 10) : 40;
    const std::size_t bursts = argc > 2 ? std::strtoul(argv[2], nullptr, 10) : 200;
    const ordered_json result = {{"rounds", rounds},
                                 {"bursts", bursts},
                                 {"calls_per_burst", kBurst},
                                 {"contenders", against_others(rounds, bursts)},
                                 {"states", in_other_states(rounds, bursts)},
                                 {"threads", with_threads(rounds, bursts)}};
    std::puts(result.dump(1).c_str());
}
