#include <algorithm>
#include <tuple>

#include "ledger/occupancy.hpp"

// Which buffers of programs are resident. On each core it is those of the program that ran there
// last, made before it ran; where a program's buffers are over, none of those that ran before it
// are resident again, on none of the devices, until they run. So what is resident follows from the
// programs' last runs and from DeviceSet::last_run_over, whether the story was seen or not.
//
// On the cores of a place those buffers of its Resident are counted whose id is below its run.
namespace plimsoll::ledger {

namespace {

bool has_run(const Footprint& buffer, std::uint64_t run) { return buffer.id.value < run; }

}  // namespace

template <class Visit>
void Occupancy::at_each_place(const Tables& tables, const Footprint& footprint, Visit visit) {
    const auto groups = groups_of(tables, footprint.set);
    for (const std::uint32_t cores : cores_of(tables, footprint)) {
        for (const std::uint32_t group : groups) visit(Place{group, cores});
    }
}

Resident& Occupancy::resident(Place place) {
    return stories_[place.devices].residents(core_sets_.cores())[place.cores];
}

void Occupancy::put(const Footprint& footprint, Place place) {
    DeviceStory& story = stories_[place.devices];
    const std::int64_t bytes = story.put(footprint, core_sets_.cores(), place.cores);
    total_.live += static_cast<std::uint64_t>(bytes) * devices_in(place.devices);
}

void Occupancy::take(const Footprint& footprint, Place place) {
    DeviceStory& story = stories_[place.devices];
    const std::int64_t bytes = story.take(footprint, core_sets_.cores(), place.cores);
    total_.live += static_cast<std::uint64_t>(bytes) * devices_in(place.devices);
}

void Occupancy::settle(const Tables& tables, DeviceSetId set) {
    for (const std::uint32_t group : groups_of(tables, set)) stories_[group].settle();
    total_.peak = std::max(total_.peak, total_.live);
}

void Occupancy::add_of_program(const Tables& tables, Footprint& footprint) {
    ProgramStory& own = programs_[footprint.program.value];
    if (own.buffers.size() >= kMaxBuffersOfProgram) {
        ++left_out_;
        footprint.bytes = 0;
        return;
    }
    change_registered(groups_of(tables, footprint.set), footprint, 1);
    // Else another thread told of the run first.
    const bool is_next = !has_run(footprint, own.last_run);
    if (!is_next) footprint.portion = portion_of(footprint, own.label);
    own.buffers.push_back(footprint);
    if (!is_next) place(tables, footprint.program);
}

void Occupancy::remove_of_program(const Tables& tables, const Footprint& footprint) {
    ProgramStory& own = programs_[footprint.program.value];
    const auto held =
        std::find_if(own.buffers.begin(), own.buffers.end(),
                     [&](const Footprint& buffer) { return buffer.id == footprint.id; });
    if (held == own.buffers.end()) return;
    const Footprint buffer = *held;
    own.buffers.erase(held);
    if (!has_run(buffer, own.last_run)) return;
    forget_runs_before(tables, buffer.set, own.last_run);
    at_each_place(tables, buffer, [&](Place place) {
        const Resident& there = resident(place);
        if (there.program == buffer.program && has_run(buffer, there.run)) take(buffer, place);
    });
    settle(tables, buffer.set);
}

void Occupancy::run(const Tables& tables, const Run& run) {
    ProgramStory& own = programs_[run.program.value];
    if (run.number <= own.last_run) return;
    for (Footprint& buffer : own.buffers) {
        if (!has_run(buffer, own.last_run)) buffer.portion = portion_of(buffer, run.label);
    }
    own.label = run.label;
    own.last_run = run.number;
    place(tables, run.program);
}

// Puts all that the program made before its last run where nobody ran later.
void Occupancy::place(const Tables& tables, ProgramId program) {
    ProgramStory& own = programs_[program.value];
    std::vector<Place> places;
    for (const Footprint& buffer : own.buffers) {
        if (!has_run(buffer, own.last_run)) continue;
        at_each_place(tables, buffer, [&](Place place) {
            const std::uint64_t first_run = stories_[place.devices].first_run();
            if (own.last_run < std::max(resident(place).run, first_run)) return;
            mark_to_leave(place, &places);
        });
    }
    displace(tables, places);
    for (const Place place : places) resident(place) = {program, own.last_run};
    for (Footprint& buffer : own.buffers) {
        if (!has_run(buffer, own.last_run)) continue;
        if (!has_room(buffer, cores_of(tables, buffer), groups_of(tables, buffer.set))) {
            ++left_out_;
            buffer.interval = {};
        }
        at_each_place(tables, buffer, [&](Place place) {
            const Resident& there = resident(place);
            if (there.program == program && there.run == own.last_run) put(buffer, place);
        });
    }
    for (const Footprint& buffer : own.buffers) settle(tables, buffer.set);
}

void Occupancy::mark_to_leave(Place place, std::vector<Place>* places) {
    Resident& there = resident(place);
    if (there.leaves) return;
    there.leaves = true;
    places->push_back(place);
}

// Nobody is resident any more at these places, which are marked; peaks are the caller's to settle.
void Occupancy::displace(const Tables& tables, const std::vector<Place>& places) {
    std::vector<ProgramId> programs;
    for (const Place place : places) programs.push_back(resident(place).program);
    std::sort(programs.begin(), programs.end());
    programs.erase(std::unique(programs.begin(), programs.end()), programs.end());
    for (const ProgramId program : programs) {
        const auto story = programs_.find(program.value);
        if (story == programs_.end()) continue;
        for (const Footprint& buffer : story->second.buffers) {
            at_each_place(tables, buffer, [&](Place place) {
                const Resident& there = resident(place);
                const bool counted = there.program == program && has_run(buffer, there.run);
                if (there.leaves && counted) take(buffer, place);
            });
        }
    }
    for (const Place place : places) resident(place) = {};
}

void Occupancy::forget_runs_before(const Tables& tables, DeviceSetId set, std::uint64_t run) {
    std::vector<Place> places;
    for (const std::uint32_t group : groups_of(tables, set)) {
        DeviceStory& story = stories_[group];
        story.raise_first_run(run);
        const std::vector<Resident>& residents = story.residents(core_sets_.cores());
        for (std::uint32_t cores = 0; cores < residents.size(); ++cores) {
            const std::uint64_t there = residents[cores].run;
            if (there != 0 && there < run) mark_to_leave({group, cores}, &places);
        }
    }
    displace(tables, places);
}

void Occupancy::run_as_told(const Tables& tables, const std::vector<Row>& rows) {
    for (std::uint32_t set = 0; set < tables.sets.size(); ++set) {
        const std::uint64_t run = tables.sets[set].last_run_over;
        if (run != 0) forget_runs_before(tables, {set}, run);
    }
    std::vector<Run> runs;
    for (const Row& row : rows) {
        const ProgramId program = row.allocation.program;
        if (program.value != 0) runs.push_back({program, row.last_run, row.label});
    }
    // The last one first, so that none is displaced by another.
    std::sort(runs.begin(), runs.end(), [](const Run& a, const Run& b) {
        return std::tie(a.number, a.program) > std::tie(b.number, b.program);
    });
    for (const Run& told : runs) run(tables, told);
}

}  // namespace plimsoll::ledger
