#include "client/watched.hpp"

namespace plimsoll::client {
namespace {

plimsoll_refusal out_of_memory(plimsoll_devices set, std::uint64_t bytes) {
    plimsoll_refusal r{};
    r.size = sizeof r;
    r.reason = PLIMSOLL_OUT_OF_MEMORY;
    r.kind = PLIMSOLL_BUFFER;
    r.region = PLIMSOLL_L1;
    r.devices = set;
    r.location = 7;
    r.banks = 64;
    r.bytes = bytes;
    r.bytes_per_bank = bytes / 64;
    r.bank_bytes = 1393312;
    r.allocated = 1048576;
    r.free = 344736;
    r.largest_free = PLIMSOLL_NOT_KNOWN;
    r.program_runtime_id = r.lowest_address = r.region_end = PLIMSOLL_NOT_KNOWN;
    return r;
}

plimsoll_refusal clash(plimsoll_devices set, plimsoll_program program, std::uint64_t runtime_id) {
    plimsoll_refusal r = out_of_memory(set, PLIMSOLL_NOT_KNOWN);
    r.reason = PLIMSOLL_CLASH;
    r.kind = PLIMSOLL_CIRCULAR_BUFFER;
    r.program = program;
    r.program_runtime_id = runtime_id;
    r.lowest_address = 122880;
    r.region_end = 642176;
    return r;
}

struct Refusing {
    Watched watched;
    plimsoll_devices set = watched.chip(0);

    plimsoll_status refuse(const plimsoll_refusal& refusal) {
        return plimsoll_refuse(watched.client, &refusal);
    }
    [[nodiscard]] const segment::Refusal& row(std::size_t index) const {
        return watched.shared.refusals()[index];
    }
    [[nodiscard]] const segment::Header& header() const { return watched.header(); }
};

TEST(Refuse, KeepsWhatWasAskedAndWhatTheAllocatorSaid) {
    Refusing refusing;
    ASSERT_EQ(refusing.refuse(out_of_memory(refusing.set, 4194304)), PLIMSOLL_OK);
    const segment::Refusal& row = refusing.row(0);
    EXPECT_EQ(refusing.header().refusals, 1u);
    EXPECT_EQ(row.state, refusing.header().sequence * 2);
    EXPECT_EQ(row.repeats, 0u);
    EXPECT_EQ(row.bytes, 4194304u);
    EXPECT_EQ(row.bytes_per_bank, 65536u);
    EXPECT_EQ(row.bank_bytes, 1393312u);
    EXPECT_EQ(row.free, 344736u);
    EXPECT_EQ(row.largest_free, segment::kNotKnown);
    EXPECT_EQ(row.banks, 64u);
    EXPECT_EQ(row.location, 7u);
    EXPECT_EQ(row.set, refusing.set);
    EXPECT_EQ(row.region, PLIMSOLL_L1);
}

TEST(Refuse, CountsTheSameAgainWithTheFirst) {
    Refusing refusing;
    for (int i = 0; i < 1000; ++i) {
        EXPECT_EQ(refusing.refuse(out_of_memory(refusing.set, 4194304)), PLIMSOLL_OK);
    }
    EXPECT_EQ(refusing.header().refusals, 1000u);
    EXPECT_EQ(refusing.header().refusals_used, 1u);
    EXPECT_EQ(refusing.row(0).repeats, 999u);
    EXPECT_EQ(refusing.header().sequence, 1u) << "a repeat is no event of its own";
}

TEST(Refuse, TakesAProgramTriedAgainForTheSame) {
    Refusing refusing;
    for (std::uint64_t id = 2; id < 6; id += 2) {
        const plimsoll_program program = refusing.watched.program(id, "softmax");
        EXPECT_EQ(refusing.refuse(clash(refusing.set, program, id)), PLIMSOLL_OK);
        plimsoll_program_destroy(refusing.watched.client, program);
    }
    EXPECT_EQ(refusing.header().refusals_used, 1u);
    EXPECT_EQ(refusing.row(0).repeats, 1u);
    EXPECT_EQ(refusing.row(0).program_runtime_id, 2u);
    EXPECT_NE(refusing.row(0).program_label, 0u);
}

TEST(Refuse, CountsBeyondItsTable) {
    Refusing refusing;
    for (std::uint64_t i = 0; i < segment::kMaxRefusals; ++i) {
        ASSERT_EQ(refusing.refuse(out_of_memory(refusing.set, i)), PLIMSOLL_OK);
    }
    EXPECT_EQ(refusing.refuse(out_of_memory(refusing.set, 1u << 20)), PLIMSOLL_UNLISTED);
    EXPECT_EQ(refusing.refuse(out_of_memory(refusing.set, 3)), PLIMSOLL_OK);
    EXPECT_EQ(refusing.header().refusals, segment::kMaxRefusals + 2);
    EXPECT_EQ(refusing.header().refusals_used, segment::kMaxRefusals);
    EXPECT_EQ(refusing.row(3).repeats, 1u);
}

TEST(Refuse, RefusesWhatItDoesNotKnow) {
    Refusing refusing;
    plimsoll_refusal wrong = out_of_memory(refusing.set + 1, 1);
    EXPECT_EQ(refusing.refuse(wrong), PLIMSOLL_INVALID_ARGUMENT);
    wrong = out_of_memory(refusing.set, 1);
    wrong.reason = PLIMSOLL_REFUSAL_REASON_COUNT;
    EXPECT_EQ(refusing.refuse(wrong), PLIMSOLL_INVALID_ARGUMENT);
    wrong = clash(refusing.set, 17, 1);
    EXPECT_EQ(refusing.refuse(wrong), PLIMSOLL_INVALID_ARGUMENT);
    wrong.size = 8;
    EXPECT_EQ(refusing.refuse(wrong), PLIMSOLL_INVALID_ARGUMENT);
    EXPECT_EQ(refusing.header().refusals, 0u);
}

}  // namespace
}  // namespace plimsoll::client
