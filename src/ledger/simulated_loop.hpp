#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "ledger/process_ledger.hpp"

namespace plimsoll::ledger {

// For tests: the events of a program that works in iterations, each of which is a place in it. One
// device of one region; what a site is for, the test decides.
class SimulatedLoop {
  public:
    explicit SimulatedLoop(std::uint32_t seed) : random_(seed) {
        tables.devices.emplace_back();
        tables.sets.resize(2);
        tables.sets[1].devices = {0};
    }

    std::uint64_t below(std::uint64_t limit) { return random_() % limit; }
    bool once_in(std::uint64_t times) { return below(times) == 0; }

    std::uint64_t make(std::uint32_t site, Work work, std::uint64_t bytes = 2048,
                       Owner owner = Owner::user, Kind kind = Kind::buffer) {
        Event event;
        event.allocation.id = {sequence_ + 1};
        event.allocation.call_site = {site};
        event.allocation.work = work;
        event.allocation.kind = kind;
        event.allocation.owner = owner;
        event.allocation.set = {1};
        event.allocation.banks = 1;
        event.allocation.bytes = event.allocation.bytes_per_bank = bytes;
        say(event);
        return sequence_;
    }

    void free(std::uint64_t id) { end(id, Event::Type::free); }
    void close(std::uint64_t id) { end(id, Event::Type::suspend); }

    void free(std::vector<std::uint64_t>& ids) {
        for (const std::uint64_t id : ids) free(id);
        ids.clear();
    }

    void mark(std::uint32_t name) {
        Event event;
        event.type = Event::Type::mark;
        event.name = {name};
        say(event);
    }

    // Something is not given.
    void refuse() {
        Event event;
        event.type = Event::Type::refuse;
        event.allocation.id = {sequence_ + 1};
        event.allocation.set = {1};
        say(event);
    }

    [[nodiscard]] std::vector<Growth> growths() const { return ledger.growths(tables); }
    [[nodiscard]] bool grows(std::uint32_t site) const {
        for (const Growth& growth : growths()) {
            if (growth.site.value == site) return true;
        }
        return false;
    }

    // Numbers are used up, and nobody hears of it.
    void lose(std::uint64_t events) { sequence_ += events; }
    [[nodiscard]] std::uint64_t sequence() const { return sequence_; }

    Tables tables;
    ProcessLedger ledger;

  private:
    void end(std::uint64_t id, Event::Type type) {
        Event event;
        event.type = type;
        event.allocation.id = {id};
        say(event);
    }

    void say(Event& event) {
        event.sequence = ++sequence_;
        ledger.apply(tables, {&event, 1});
    }

    std::mt19937 random_;
    std::uint64_t sequence_ = 0;
};

}  // namespace plimsoll::ledger
