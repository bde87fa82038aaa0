#include <gtest/gtest.h>
#include <signal.h>

#include "model/defects.hpp"
#include "tests/model/observed.hpp"

// Figures that other tools showed wrong, each in a program that makes the difference. The numbers
// are of issues: of tt-metal, or of ttnn-visualizer (VIZ).
namespace plimsoll::model {
namespace {

constexpr DeviceAddr kKiB = 1024;
constexpr DeviceAddr kMiB = 1024 * kKiB;
const CoreRange kAllCores = {{0, 0}, {7, 7}};

Operation op(std::uint64_t hash, const CoreRange& cores, std::vector<DeviceAddr> sizes) {
    return {.name = "ttnn.op",
            .label = "op",
            .hash = hash,
            .cores = cores,
            .circular_buffers = std::move(sizes)};
}

// So much on each of 64 cores.
BufferConfig in_l1(DeviceAddr per_core) {
    return {.size = 64 * per_core, .page_size = 2048, .type = BufferType::L1};
}

const ledger::KindUse* use_of(const Observed& seen, Kind kind) {
    for (const ledger::KindUse& use : seen.snapshot.kinds) {
        if (use.kind == kind) return &use;
    }
    return nullptr;
}

// VIZ #1604: shown as 1.73 MiB of 1.5, the sum over the cores.
TEST(PeakOfL1, IsThatOfTheFullestCoreNotTheSumOverCores) {
    const Observed seen = observe("p150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        session.allocate("tensor",
                         {.size = 110 * 200 * kKiB, .page_size = 2048, .type = BufferType::L1});
        session.run(op(1, {{0, 0}, {0, 0}}, {kMiB}));
        session.run(op(2, {{1, 0}, {1, 0}}, {750 * kKiB}));
        session.free("tensor");
        session.close();
    });
    EXPECT_EQ(seen.chip().l1_per_core.peak.value, kMiB + 200 * kKiB);
    EXPECT_LT(seen.chip().l1_per_core.peak.value, seen.chip().l1_per_core.capacity.value);
}

// #27253: the peaks of circular buffers and of tensors are of different moments.
TEST(PeakOfL1, IsOfOneMoment) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        session.run(op(1, kAllCores, {512 * kKiB}));
        session.clear_program_cache();
        session.allocate("tensor", in_l1(600 * kKiB));
        session.free("tensor");
        session.close();
    });
    EXPECT_EQ(seen.chip().l1_per_core.peak.value, 600 * kKiB);
}

// #53721: programs of the cache lie over each other, they do not add up.
TEST(PeakOfL1, TakesProgramsThatShareTheirSpaceOnce) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        for (const std::uint64_t hash : {1u, 2u, 3u}) {
            session.run(op(hash, kAllCores, {hash * 16 * kKiB}));
        }
        session.close();
    });
    EXPECT_EQ(seen.chip().l1_per_core.peak.value, 48 * kKiB);
    EXPECT_EQ(use_of(seen, Kind::circular_buffer)->allocations, 3u);
}

// VIZ #1877, #1844: multiplied by the chips of the mesh.
TEST(PeakOfL1, IsTheSameForOneChipAndForEachOfEight) {
    const auto on = [](MeshShape shape) {
        return observe("t3k", "0.81.1", {}, [shape](Session& session) {
            session.open_mesh({.shape = shape});
            session.allocate("tensor", in_l1(64 * kKiB));
            session.run(op(1, kAllCores, {4096, 4096}));
            session.free("tensor");
            session.close();
        });
    };
    const Observed one = on({1, 1}), eight = on({2, 4});
    ASSERT_EQ(eight.snapshot.devices.size(), 8u);
    for (const ledger::DeviceUse& chip : eight.snapshot.devices) {
        EXPECT_EQ(chip.l1_per_core.peak.value, one.chip().l1_per_core.peak.value);
    }
    EXPECT_EQ(one.chip().l1_per_core.peak.value, 72 * kKiB);
}

// #51674: read as nothing, for the runtime reports none of them.
TEST(DataflowBuffers, OfAnOpThatHasNothingElseAreSeen) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        Operation softmax = op(1, {{0, 0}, {7, 3}}, {});
        softmax.dataflow_buffers = {65536, 16384, 4096, 2048, 4096, 65536, 2048, 2048};
        session.run(softmax);
        session.close();
    });
    ASSERT_NE(use_of(seen, Kind::dataflow_buffer), nullptr);
    EXPECT_EQ(use_of(seen, Kind::dataflow_buffer)->allocations, 8u);
    EXPECT_EQ(seen.chip().l1_per_core.peak.value, 161792u);
    EXPECT_EQ(seen.codes, std::set<std::string>{});
}

// VIZ #2026: shown as 0.0 %, for an allocator knows nothing of circular buffers.
TEST(PeakOfL1, IsNearlyAllOfACoreWhereCircularBuffersAloneFillIt) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        session.run(op(1, kAllCores, {1300 * kKiB}));
        session.close();
    });
    const ledger::RegionUse& core = seen.chip().l1_per_core;
    EXPECT_EQ(core.peak.value, 1300 * kKiB);
    EXPECT_EQ(core.peak.coverage, Coverage::exact);
    EXPECT_GT(core.peak.value * 100, core.capacity.value * 95);
}

// #53721: a program of the cache that never ran takes part in nothing.
TEST(ResidentBuffers, AreThoseOfProgramsThatRan) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        Program program(session.context(), "never run");
        program.add_circular_buffer(kAllCores, {.total_size = 4096, .indices = {{0, 4096}}});
        program.allocate_circular_buffers(session.mesh());
        session.close();
    });
    EXPECT_EQ(seen.chip().registered.peak.value, 64 * 4096u);
    EXPECT_EQ(seen.chip().resident.peak.value, 0u);
}

// #38514: the mark was set back by the code that captures a trace.
TEST(PeakOfDram, IsNotSetBackByATrace) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {.trace_region_size = kMiB});
        session.allocate("large", {.size = 12 * kMiB, .page_size = 2048});
        session.free("large");
        session.capture_trace("decode", 65536);
        session.release_trace("decode");
        session.close();
    });
    EXPECT_EQ(seen.chip().regions[static_cast<std::size_t>(Region::dram)].peak.value, 12 * kMiB);
}

// #22357: the profiler's buffer, shown among the user's.
TEST(ProfilersBuffer, IsARowOfItsOwn) {
    const auto killed_at_work = [](Session& session) {
        session.open_device(0, {});
        session.allocate("tensor", in_l1(2048));
    };
    const Observed seen =
        observe("n150", "0.81.1", Defect::profiler_allocates, killed_at_work, SIGKILL);
    const auto& held = seen.snapshot.processes.front().held;
    ASSERT_EQ(held.size(), 2u);
    EXPECT_EQ(held[0].owner, Owner::runtime);
    EXPECT_EQ(held[0].kind, Kind::reservation);
    EXPECT_EQ(held[1].owner, Owner::user);
}

// What was called a baseline of the system: 14753792 B per chip, with each cached buffer and its
// view. All of it has a name.
TEST(TensorsOfAMesh, AreNamedWhereTheyAreKept) {
    const KnownDefect& defect = *find_defect("tensors-of-a-mesh-kept");
    const Observed seen = observe("t3k", "0.81.1", defect.switches, defect.program);
    std::uint64_t tensors = 0, cached = 0;
    for (const ledger::AllocationView& row : seen.snapshot.processes.front().ended) {
        EXPECT_EQ(row.devices.size(), 8u);
        EXPECT_FALSE(row.call_site.frames.empty());
        (row.ending == ledger::Ending::held_by_device ? cached : tensors) += row.bytes;
    }
    EXPECT_EQ(tensors, 14680064u);
    EXPECT_EQ(tensors + 2 * cached, 14753792u);
}

// A layout that is reported anew, without a word that the old one is gone.
TEST(CircularBuffers, OfAChangedSizeReplaceTheOldOnes) {
    const auto killed_with_the_program_in_the_cache = [](Session& session) {
        session.open_device(0, {});
        const Operation resized = op(1, kAllCores, {4096, 4096});
        session.run(resized);
        session.mesh().program_cache().get(1)->program->update_circular_buffer_total_size(0, 8192);
        session.run(resized);
    };
    const Observed seen =
        observe("n150", "0.81.1", {}, killed_with_the_program_in_the_cache, SIGKILL);
    const auto& held = seen.snapshot.processes.front().held;
    ASSERT_EQ(held.size(), 2u);
    EXPECT_EQ(held[0].bytes_per_bank + held[1].bytes_per_bank, 12288u);
    EXPECT_EQ(use_of(seen, Kind::circular_buffer)->allocations, 4u);
}

// Alias of a buffer: told, and counted with its buffer.
TEST(GlobalCircularBuffers, TakeNothingOfTheirOwn) {
    const Observed seen = observe("n150", "0.81.1", {}, [](Session& session) {
        session.open_device(0, {});
        const Buffer& buffer = session.allocate("tensor", in_l1(8192));
        {
            Program program(session.context(), "sharded");
            program.add_circular_buffer(
                kAllCores,
                {.total_size = 8192, .indices = {{0, 2048}}, .globally_allocated = &buffer});
            program.add_circular_buffer(kAllCores, {.total_size = 4096, .indices = {{1, 2048}}});
            program.compile_on(session.mesh());
        }
        session.free("tensor");
        session.close();
    });
    EXPECT_EQ(use_of(seen, Kind::global_circular_buffer)->allocations, 1u);
    EXPECT_EQ(seen.chip().l1_per_core.peak.value, 8192u + 4096u);
}

// #35259: 100 MB were asked for and 1200 MB reserved, the whole of it in every bank.
TEST(TraceRegion, IsShownAsItWasReserved) {
    const auto capacity = [](const char* release) {
        const Observed seen = observe("n150", release, {}, [](Session& session) {
            session.open_device(0, {.trace_region_size = 100 * kMiB});
            session.capture_trace("decode", 65536);
            session.release_trace("decode");
            session.close();
        });
        return seen.chip().regions[static_cast<std::size_t>(Region::trace)].capacity.value;
    };
    EXPECT_EQ(capacity("0.66.0"), 12 * 100 * kMiB);
    EXPECT_EQ(capacity("0.81.1"), 12 * 8740864u);
}

}  // namespace
}  // namespace plimsoll::model
