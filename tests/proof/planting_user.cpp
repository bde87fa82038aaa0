#include "tests/proof/planting_user.hpp"

#include <cstring>
#include <utility>

namespace plimsoll::proof {
namespace {

constexpr std::size_t kMostBuffers = 20;
constexpr std::size_t kMostPrograms = 4;
// Of each kind and thread: all threads' are fewer than a finding lists.
constexpr std::uint32_t kMostPlanted = 8;
constexpr std::uint32_t kStepsPerTurn = 40;
constexpr std::uint32_t kTurnsPerLeak = 3;

plimsoll_text text(plimsoll_client* client, const char* bytes) {
    return plimsoll_intern(client, bytes, std::strlen(bytes));
}

}  // namespace

PlantingUser::PlantingUser(plimsoll_client* client, Diary& diary, std::uint32_t thread,
                           plimsoll_devices mesh, std::uint32_t seed)
    : client_(client),
      diary_(diary),
      page_(diary.pages[thread]),
      thread_(thread),
      mesh_(mesh),
      random_(seed * 31 + thread) {
    constexpr plimsoll_core_range kCores = {0, 0, 3, 3};
    cores_ = plimsoll_intern_cores(client_, &kCores, 1);
    open();
}

void PlantingUser::open() {
    plimsoll_device_info info{};
    info.size = sizeof info;
    info.device = static_cast<std::int32_t>(thread_);
    plimsoll_device_open(client_, &info, &chip_);
    reserve();
}

// What the runtime sets aside as long as the chip is open.
void PlantingUser::reserve() {
    const std::uint32_t index = page_.used++;
    plimsoll_allocation a = blank(index, chip_);
    a.owner = PLIMSOLL_RUNTIME;
    a.kind = PLIMSOLL_RESERVATION;
    entry(index).off_mesh = 1;
    entry(index).reserved = 1;
    make(index, a, {});
    reserved_ = index;
}

plimsoll_id PlantingUser::make(std::uint32_t index, const plimsoll_allocation& a, Codes held) {
    plimsoll_id id = 0;
    entry(index).begins_to_move();
    const plimsoll_status status = plimsoll_allocate(client_, &a, &id);
    entry(index).unlisted = status == PLIMSOLL_UNLISTED ? 1 : 0;
    // A program's that found no row is not there at all.
    entry(index).is(status == PLIMSOLL_TABLE_FULL ? Entry::over : Entry::held, held);
    return id;
}

plimsoll_location PlantingUser::place(std::uint32_t line) {
    const plimsoll_frame frame{text(client_, "planted.py"), text(client_, "work"), line};
    return plimsoll_intern_call_site(client_, text(client_, "ttnn.add"), &frame, 1);
}

bool PlantingUser::may_plant(std::uint32_t& planted) {
    if (planted >= kMostPlanted || pick(4) != 0) return false;
    ++planted;
    return true;
}

plimsoll_allocation PlantingUser::blank(std::uint32_t index, plimsoll_devices set) const {
    plimsoll_allocation a{};
    a.size = sizeof a;
    a.kind = PLIMSOLL_BUFFER;
    a.region = PLIMSOLL_DRAM;
    a.owner = PLIMSOLL_USER;
    a.reported = 1;
    a.devices = set;
    a.banks = 8;
    a.address = Diary::address_of(thread_, index);
    a.bytes = 4096;
    a.bytes_per_bank = 512;
    return a;
}

void PlantingUser::step() {
    ++step_;
    segment::add<std::uint64_t>(diary_.steps, 1);
    if (page_.used + 32 > Diary::kEntries) return;
    if (step_ % kStepsPerTurn == 0) return end_turn();
    const int choice = pick(400);
    if (choice < 130) return allocate();
    if (choice < 290) return free_one();
    if (choice < 320) return start_program();
    if (choice < 350 && !programs_.empty()) {
        plimsoll_program_run(client_, programs_.back().handle);
        return;
    }
    if (choice < 360 && !programs_.empty()) return lay_out_anew(programs_.back());
    if (choice < 380 && !programs_.empty()) {
        const auto which = static_cast<std::size_t>(pick(static_cast<int>(programs_.size())));
        return end_program(which, !may_plant(planted_forgotten_));
    }
    if (choice < 392) return close(PLIMSOLL_CLOSED);
    if (choice < 394) return refuse(PLIMSOLL_OUT_OF_MEMORY, page_.out_of_memory);
    if (choice < 396) return refuse(PLIMSOLL_CLASH, page_.clashes);
    if (choice == 396) return differ();
    make_noise();
}

void PlantingUser::allocate() {
    if (buffers_.size() >= kMostBuffers) return free_one();
    const std::uint32_t index = page_.used++;
    Buffer made{0, index, Owner::user, pick(3) != 0, false};
    if (pick(10) == 0 && may_plant(planted_unattributed_)) {
        made.nowhere = pick(2) == 0;
        made.owner = made.nowhere ? Owner::user : Owner::nobody;
    }
    plimsoll_allocation a = blank(index, made.on_chip ? chip_ : mesh_);
    if (made.nowhere) a.devices = 0;
    if (made.owner == Owner::nobody) a.owner = PLIMSOLL_UNKNOWN_OWNER;
    if (pick(3) == 0) a.region = PLIMSOLL_L1;
    a.location = place(1 + static_cast<std::uint32_t>(pick(5)));
    entry(index).off_mesh = made.on_chip || made.nowhere ? 1 : 0;
    const bool explained = made.owner != Owner::nobody && !made.nowhere;
    Codes held;
    if (!explained) held = Code::unattributed;
    if (made.owner == Owner::user) held = held | Code::left_at_exit;
    made.id = make(index, a, held);
    buffers_.push_back(made);
}

// Nothing stays from turn to turn, but in one place, for as long as the mesh is open.
void PlantingUser::end_turn() {
    while (!buffers_.empty()) free(buffers_.size() - 1);
    const bool keeps = thread_ == 0 && step_ % (kStepsPerTurn * kTurnsPerLeak) == 0;
    if (keeps && segment::load(diary_.turns) < kMostTurns) keep_one();
}

void PlantingUser::keep_one() {
    const std::uint32_t index = page_.used++;
    plimsoll_allocation a = blank(index, mesh_);
    a.location = place(1000);
    plimsoll_mark(client_, text(client_, "turn"));
    make(index, a, Code::left_at_exit);
    segment::add<std::uint32_t>(diary_.turns, 1);
}

void PlantingUser::free_one() {
    if (buffers_.empty()) return;
    free(static_cast<std::size_t>(pick(static_cast<int>(buffers_.size()))));
}

void PlantingUser::free(std::size_t which) {
    const Buffer buffer = buffers_[which];
    buffers_.erase(buffers_.begin() + static_cast<std::ptrdiff_t>(which));
    entry(buffer.entry).begins_to_move();
    plimsoll_free(client_, buffer.id);
    entry(buffer.entry).is(Entry::over);
    if (entry(buffer.entry).unlisted == 0) over_ = buffer.id;  // else it might end another one
}

void PlantingUser::start_program() {
    if (programs_.size() >= kMostPrograms) return end_program(0, true);
    plimsoll_program_info info{};
    info.size = sizeof info;
    info.label = text(client_, "planted");
    Program program;
    if (plimsoll_program_create(client_, &info, &program.handle) != PLIMSOLL_OK) return;
    add_circular_buffers(program);
    programs_.push_back(std::move(program));
}

void PlantingUser::add_circular_buffers(Program& program) {
    for (int i = 1 + pick(3); i > 0; --i) {
        const std::uint32_t index = page_.used++;
        plimsoll_allocation a = blank(index, chip_);
        a.kind = PLIMSOLL_CIRCULAR_BUFFER;
        a.region = PLIMSOLL_L1;
        a.owner = PLIMSOLL_PROGRAM;
        a.program = program.handle;
        a.cores = cores_;
        a.banks = 16;
        entry(index).off_mesh = 1;
        if (make(index, a, {}) != 0) program.entries.push_back(index);
    }
}

void PlantingUser::lay_out_anew(Program& program) {
    if (program.closed) return;
    for (const std::uint32_t index : program.entries) entry(index).begins_to_move();
    plimsoll_program_laid_out_anew(client_, program.handle, PLIMSOLL_CIRCULAR_BUFFER, chip_);
    for (const std::uint32_t index : std::exchange(program.entries, {})) {
        entry(index).is(Entry::over);
    }
    add_circular_buffers(program);
}

void PlantingUser::end_program(std::size_t which, bool report) {
    const Program program = programs_[which];
    programs_.erase(programs_.begin() + static_cast<std::ptrdiff_t>(which));
    for (const std::uint32_t index : program.entries) entry(index).begins_to_move();
    if (report) plimsoll_program_report_free(client_, program.handle);
    plimsoll_program_destroy(client_, program.handle);
    Codes deserved;
    if (!report) deserved = Code::forgotten;
    if (report && program.closed) deserved = Code::freed_late;
    for (const std::uint32_t index : program.entries) entry(index).is(Entry::over, deserved);
}

void PlantingUser::close(plimsoll_close_manner manner) {
    const Code ending = manner == PLIMSOLL_CLOSED ? Code::outlives_device : Code::left_at_exit;
    std::vector<Buffer> waiting;
    for (std::size_t i = buffers_.size(); i-- > 0;) {
        if (!buffers_[i].on_chip || buffers_[i].nowhere) continue;
        if (buffers_[i].owner == Owner::user && !may_plant(planted_outlives_)) {
            free(i);
            continue;
        }
        waiting.push_back(buffers_[i]);
        buffers_.erase(buffers_.begin() + static_cast<std::ptrdiff_t>(i));
    }
    for (std::size_t i = programs_.size(); i-- > 0;) {
        if (!may_plant(planted_forgotten_)) end_program(i, true);
    }
    for (const Buffer& buffer : waiting) entry(buffer.entry).begins_to_move();
    for (const Program& program : programs_) {
        for (const std::uint32_t index : program.entries) entry(index).begins_to_move();
    }
    entry(reserved_).begins_to_move();
    plimsoll_close(client_, chip_, manner);
    entry(reserved_).is(Entry::over);
    for (Program& program : programs_) {
        program.closed = true;
        for (const std::uint32_t index : program.entries) entry(index).is(Entry::waiting);
    }
    objects_go(std::move(waiting), ending);
    while (!programs_.empty()) end_program(programs_.size() - 1, pick(2) == 0);
    open();
}

// Of some the object goes as the device's does, of some as the user's, of some never.
void PlantingUser::objects_go(std::vector<Buffer> waiting, Code ending) {
    for (const Buffer& buffer : waiting) {
        Entry& its = entry(buffer.entry);
        const bool ownerless = buffer.owner == Owner::nobody;
        const Codes more = ownerless ? Codes(Code::unattributed) : Codes();
        its.is(Entry::waiting, more | ending);
        if (pick(3) == 0) continue;
        const bool of_device = pick(2) == 0;
        its.begins_to_move();
        plimsoll_object_gone(client_, buffer.id,
                             of_device ? PLIMSOLL_HELD_BY_DEVICE : PLIMSOLL_HELD_BY_USER);
        const bool told = of_device && its.unlisted == 0;
        its.is(Entry::over, more | (told ? Code::cache_holds : ending));
    }
}

// Each at a place of its own, or they would be one finding.
void PlantingUser::refuse(plimsoll_refusal_reason reason, Diary::Refusals& planted) {
    if (!may_plant(planted_refusals_)) return;
    plimsoll_refusal refusal{};
    refusal.size = sizeof refusal;
    refusal.reason = static_cast<std::uint8_t>(reason);
    refusal.kind = PLIMSOLL_BUFFER;
    refusal.devices = chip_;
    refusal.location = place(2000 + thread_ * 100 + planted_refusals_);
    segment::store(planted.begun, planted.begun + 1);
    plimsoll_refuse(client_, &refusal);
    segment::store_release(planted.returned, planted.returned + 1);
}

void PlantingUser::differ() {
    if (pick(4) != 0) return;
    segment::add<std::uint32_t>(diary_.differences_begun, 1);
    plimsoll_verified(client_, chip_, PLIMSOLL_DRAM, 4096);
    segment::add<std::uint32_t>(diary_.differences, 1);
}

// What a runtime also says, and nothing follows from.
void PlantingUser::make_noise() {
    switch (pick(3)) {
        case 0:
            plimsoll_free(client_, over_);
            break;
        case 1:
            plimsoll_unmatched_free(client_);
            break;
        default:
            plimsoll_verified(client_, chip_, PLIMSOLL_DRAM, 0);
    }
}

}  // namespace plimsoll::proof
