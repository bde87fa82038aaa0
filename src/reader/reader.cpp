#include "plimsoll/reader.h"

#include <memory>
#include <string>

#include "reader/own_process.hpp"

// The C ABI: arguments are checked here, and no exception leaves it.

using namespace plimsoll;

struct plimsoll_reader {
    reader::OwnProcess process;
    std::string text;  // of the last call that gave one
};

namespace {

// What can be thrown below is that memory is out.
template <class Work>
plimsoll_status guarded(Work work) noexcept {
    try {
        return work();
    } catch (...) {
        return PLIMSOLL_NO_MEMORY;
    }
}

template <class Work>
plimsoll_status with(plimsoll_reader* reader, const void* result, Work work) noexcept {
    if (reader == nullptr || result == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    if (!reader->process.is_own()) return PLIMSOLL_DETACHED;
    return guarded(work);
}

template <class Make>
plimsoll_status give_text(plimsoll_reader* reader, const char** json, Make make) noexcept {
    return with(reader, json, [&] {
        reader->text = make(reader->process);
        *json = reader->text.c_str();
        return PLIMSOLL_OK;
    });
}

std::uint8_t code(const ledger::Figure& figure) {
    return static_cast<std::uint8_t>(figure.coverage);
}

}  // namespace

plimsoll_status plimsoll_reader_open(plimsoll_reader** reader, const char** why) noexcept {
    if (reader == nullptr) return PLIMSOLL_INVALID_ARGUMENT;
    return guarded([&] {
        Result<reader::OwnProcess> process = reader::OwnProcess::open();
        if (!process) {
            if (why != nullptr) *why = process.error().text;
            return PLIMSOLL_DETACHED;
        }
        *reader = std::make_unique<plimsoll_reader>(
                      plimsoll_reader{std::move(process).value(), std::string()})
                      .release();
        return PLIMSOLL_OK;
    });
}

void plimsoll_reader_close(plimsoll_reader* reader) noexcept {
    const std::unique_ptr<plimsoll_reader> closed(reader);
}

plimsoll_status plimsoll_reader_position(plimsoll_reader* reader, uint64_t* id) noexcept {
    return with(reader, id, [&] {
        *id = reader->process.position();
        return PLIMSOLL_OK;
    });
}

plimsoll_status plimsoll_reader_devices(plimsoll_reader* reader, int32_t* devices, size_t room,
                                        size_t* count) noexcept {
    if (devices == nullptr && room != 0) return PLIMSOLL_INVALID_ARGUMENT;
    return with(reader, count, [&] {
        const std::vector<std::int32_t> all = reader->process.devices();
        for (std::size_t i = 0; i < all.size() && i < room; ++i) devices[i] = all[i];
        *count = all.size();
        return PLIMSOLL_OK;
    });
}

plimsoll_status plimsoll_reader_level(plimsoll_reader* reader, int32_t device,
                                      plimsoll_region region, plimsoll_level* level) noexcept {
    return with(reader, level, [&] {
        if (level->size < sizeof *level || region >= PLIMSOLL_REGION_COUNT) {
            return PLIMSOLL_INVALID_ARGUMENT;
        }
        const auto known = reader->process.level(device, static_cast<Region>(region));
        if (!known) return PLIMSOLL_INVALID_ARGUMENT;
        *level = {level->size, code(known->live), code(known->peak), code(known->capacity),
                  0,           known->live.value, known->peak.value, known->capacity.value};
        return PLIMSOLL_OK;
    });
}

plimsoll_status plimsoll_reader_restart_peaks(plimsoll_reader* reader) noexcept {
    return with(reader, reader, [&] {
        reader->process.restart_peaks();
        return PLIMSOLL_OK;
    });
}

plimsoll_status plimsoll_reader_live(plimsoll_reader* reader, uint64_t after,
                                     const char** json) noexcept {
    return give_text(reader, json,
                     [after](reader::OwnProcess& process) { return process.live_json(after); });
}

plimsoll_status plimsoll_reader_report(plimsoll_reader* reader, const char** json) noexcept {
    return give_text(reader, json,
                     [](reader::OwnProcess& process) { return process.report_json(); });
}
