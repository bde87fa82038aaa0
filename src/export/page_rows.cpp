#include "export/page_rows.hpp"

#include <algorithm>
#include <map>
#include <optional>
#include <vector>

namespace plimsoll::exporting {
namespace {

// Of what a history lists, without those that a table tells the end of.
const char* state_of(const ledger::HistoryView& history) {
    return history.all_ordinary ? "freed" : "over";
}

// "live" while its process runs, "held" when it ended holding it, else how it came to an end.
const char* state_of(const ledger::ProcessView& process, const ledger::AllocationView& row) {
    if (row.ending) return name(*row.ending);
    return process.state == ledger::ProcessState::running ? "live" : "held";
}

void add(std::string& key, std::uint64_t number) { key += std::to_string(number) + '\n'; }

// With its length: a text may have any bytes, and must not be taken for two others.
void add(std::string& key, const std::string& text) {
    add(key, text.size());
    key += text;
}

void add(std::string& key, const ledger::CallSite& site) {
    add(key, site.op);
    for (const auto* frames : {&site.frames, &site.inside}) {
        add(key, frames->size());
        for (const ledger::Frame& frame : *frames) {
            add(key, frame.file);
            add(key, frame.function);
            add(key, frame.line);
        }
    }
}

// Equal for rows that differ in nothing but id, address and age.
std::string key_of(const char* state, const ledger::AllocationView& row) {
    std::string key = state;
    for (const std::uint64_t number :
         {static_cast<std::uint64_t>(row.pid), static_cast<std::uint64_t>(row.kind),
          static_cast<std::uint64_t>(row.region), static_cast<std::uint64_t>(row.owner),
          static_cast<std::uint64_t>(row.mesh.value_or(-1)), row.bytes, row.bytes_per_bank,
          row.occupied_bytes, std::uint64_t{row.banks}, std::uint64_t{row.reported},
          std::uint64_t{row.reported_free}}) {
        add(key, number);
    }
    add(key, row.devices.size());
    for (const std::int32_t device : row.devices) add(key, static_cast<std::uint64_t>(device));
    add(key, row.cores.size());
    for (const ledger::CoreRange& range : row.cores) {
        for (const std::uint16_t corner : {range.x0, range.y0, range.x1, range.y1}) {
            add(key, corner);
        }
    }
    add(key, row.call_site);
    if (row.program) {
        add(key, row.program->runtime_id);
        add(key, row.program->label);
        add(key, row.program->call_site);
    }
    return key;
}

Json place_json(const char* state, const ledger::AllocationView& row) {
    Json json = allocation_json(row);
    for (const char* own : {"id", "address", "age_ns", "ending"}) json.erase(own);
    json["state"] = state;
    return json;
}

// Numbers that rise or stay near each other, as differences.
class Column {
  public:
    void add(std::uint64_t value) {
        if (!text_.empty()) text_ += ',';
        text_ += std::to_string(static_cast<std::int64_t>(value - before_));  // wraps both ways
        before_ = value;
    }
    [[nodiscard]] const std::string& text() const { return text_; }

  private:
    std::string text_;
    std::uint64_t before_ = 0;
};

class Rows {
  public:
    Rows(std::uint64_t first_ns, std::size_t most_bytes)
        : first_ns_(first_ns), most_bytes_(most_bytes) {}

    void add(const ledger::ProcessView& process, const ledger::AllocationView& row) {
        if (is_full()) return;
        add_numbers(number_of(state_of(process, row), row), row.id, row.address, row.made_at_ns,
                    row.age_ns, row.over);
    }

    void add(const ledger::HistoryView& history) {
        has_history_ = true;
        const char* state = state_of(history);
        std::vector<std::optional<std::size_t>> numbers(history.placements.size());
        for (auto row = history.freed.rbegin(); row != history.freed.rend() && !is_full(); ++row) {
            std::optional<std::size_t>& number = numbers[row->placement];
            if (!number) {
                number = number_of(state, history.placements[row->placement]);
                // Of a program that is over only the label is kept.
                Json& program = places_[*number]["program"];
                if (!program.is_null()) program["id"] = nullptr;
            }
            add_numbers(*number, row->id, row->address, row->made_at_ns,
                        row->over_at_ns - std::min(row->over_at_ns, row->made_at_ns), row->over);
        }
    }

    [[nodiscard]] std::uint64_t listed() const { return listed_; }
    [[nodiscard]] Json json(std::uint64_t count) const {
        Json json = {{"count", count},          {"listed", listed_},
                     {"places", places_},       {"place", place_.text()},
                     {"id", id_.text()},        {"address", address_.text()},
                     {"made_ms", made_.text()}, {"age_ms", age_.text()}};
        if (has_history_) json["over"] = over_.text();
        return json;
    }

  private:
    static constexpr auto kReplace = Json::error_handler_t::replace;

    [[nodiscard]] bool is_full() const {
        std::size_t bytes = place_bytes_;
        for (const Column* one : {&place_, &id_, &address_, &made_, &age_, &over_}) {
            bytes += one->text().size();
        }
        return bytes >= most_bytes_;
    }

    std::size_t number_of(const char* state, const ledger::AllocationView& row) {
        const auto [known, is_new] = numbers_.try_emplace(key_of(state, row), places_.size());
        if (is_new) {
            places_.push_back(place_json(state, row));
            place_bytes_ += places_.back().dump(-1, ' ', false, kReplace).size();
        }
        return known->second;
    }

    void add_numbers(std::size_t place, std::uint64_t id, std::uint64_t address,
                     std::uint64_t made_at_ns, std::uint64_t age_ns, std::uint64_t over) {
        place_.add(place);
        id_.add(id);
        address_.add(address);
        made_.add(ms_after(first_ns_, made_at_ns));
        age_.add(ms_after(0, age_ns));
        over_.add(over);
        ++listed_;
    }

    std::uint64_t first_ns_;
    std::size_t most_bytes_;
    std::map<std::string, std::size_t> numbers_;
    Json places_ = Json::array();
    std::size_t place_bytes_ = 0;
    std::uint64_t listed_ = 0;
    bool has_history_ = false;
    Column place_, id_, address_, made_, age_, over_;
};

}  // namespace

PageRows rows_json(const ledger::Snapshot& snapshot, std::uint64_t first_ns,
                   std::size_t most_bytes) {
    Rows rows(first_ns, most_bytes);
    std::uint64_t count = 0;
    for (const ledger::ProcessView& process : snapshot.processes) {
        count += process.held_count;
        for (const std::uint64_t ended : process.ended_count) count += ended;
        for (const ledger::AllocationView& row : process.held) rows.add(process, row);
        for (const ledger::AllocationView& row : process.ended) rows.add(process, row);
    }
    const std::uint64_t others = rows.listed();
    for (const ledger::ProcessView& process : snapshot.processes) {
        if (!process.history) continue;
        count += process.history->freed_count;
        rows.add(*process.history);
    }
    return {rows.json(count), rows.listed() - others};
}

}  // namespace plimsoll::exporting
