#pragma once

#include <plimsoll/client.h>

#include <random>
#include <vector>

#include "tests/proof/planted_diary.hpp"

namespace plimsoll::proof {

// One thread of a program that does right, and now and then wrong on purpose: buffers that outlive
// their device, tables that the program cache keeps, circular buffers that are never reported
// freed or reported too late, memory that no rule explains, refusals. It has a chip of its own and
// shares a mesh with the others. The diary says what it did.
class PlantingUser {
  public:
    // All borrowed. `mesh` stays open as long as any thread works.
    PlantingUser(plimsoll_client* client, Diary& diary, std::uint32_t thread, plimsoll_devices mesh,
                 std::uint32_t seed);

    static constexpr std::uint32_t kMostTurns = 30;  // of the loop that keeps something

    void step();
    // Closes its chip, with something left on it or without.
    void end(plimsoll_close_manner manner) { close(manner); }

  private:
    enum class Owner : std::uint8_t { user, nobody };
    struct Buffer {
        plimsoll_id id;
        std::uint32_t entry;
        Owner owner;
        bool on_chip, nowhere;
    };
    struct Program {
        plimsoll_program handle = 0;
        std::vector<std::uint32_t> entries;  // circular buffers that are there
        bool closed = false;                 // its device is
    };

    int pick(int below) { return static_cast<int>(random_() % static_cast<unsigned>(below)); }
    Entry& entry(std::uint32_t index) { return page_.entries[index]; }
    [[nodiscard]] plimsoll_allocation blank(std::uint32_t entry, plimsoll_devices set) const;
    plimsoll_location place(std::uint32_t line);
    bool may_plant(std::uint32_t& planted);

    void open();
    void allocate();
    void free_one();
    void free(std::size_t which);
    plimsoll_id make(std::uint32_t entry, const plimsoll_allocation& allocation, Codes held);
    void reserve();
    void end_turn();
    void keep_one();
    void start_program();
    void add_circular_buffers(Program& program);
    void lay_out_anew(Program& program);
    void end_program(std::size_t which, bool report);
    void close(plimsoll_close_manner manner);
    void objects_go(std::vector<Buffer> waiting, Code ending);
    void refuse(plimsoll_refusal_reason reason, Diary::Refusals& planted);
    void differ();
    void make_noise();

    plimsoll_client* client_;
    Diary& diary_;
    Diary::Page& page_;
    std::uint32_t thread_;
    plimsoll_devices mesh_;
    plimsoll_devices chip_ = 0;
    std::mt19937 random_;
    std::vector<Buffer> buffers_;
    std::uint32_t reserved_ = 0;
    std::vector<Program> programs_;
    plimsoll_text cores_ = 0;
    plimsoll_id over_ = 0;  // one that was freed
    std::uint32_t planted_outlives_ = 0, planted_forgotten_ = 0, planted_unattributed_ = 0;
    std::uint32_t planted_refusals_ = 0;
    std::uint64_t step_ = 0;
};

}  // namespace plimsoll::proof
