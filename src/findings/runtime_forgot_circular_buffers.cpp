// The runtime reports a program's circular buffers as allocated, destroys the program and never
// reports them freed. Their space is an address range of the program: no memory is lost.
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "findings/gathering.hpp"
#include "findings/program_evidence.hpp"
#include "findings/releases.hpp"
#include "findings/rules.hpp"
#include "findings/words.hpp"

namespace plimsoll::findings {
namespace {

constexpr auto kUnreported = static_cast<std::size_t>(ledger::Ending::unreported);

bool forgotten(const ledger::AllocationView& row) {
    return row.ending == ledger::Ending::unreported && row.kind == Kind::circular_buffer &&
           row.reported;
}

// The count of endings is over all kinds; where rows were cut, the kind's own books decide.
std::uint64_t forgotten_count(const ledger::ProcessView& process, std::size_t listed_rows) {
    const Rows all = select(process.ended, [](const ledger::AllocationView& row) {
        return row.ending == ledger::Ending::unreported;
    });
    const std::uint64_t endings = process.ended_count[kUnreported];
    if (endings <= all.size()) return listed_rows;
    const std::uint64_t unlisted = endings - all.size();
    for (const ledger::KindUse& use : process.kinds) {
        if (use.kind != Kind::circular_buffer) continue;
        const std::uint64_t gone = use.reported_frees + use.live;
        const std::uint64_t open =
            use.reported_allocations > gone ? use.reported_allocations - gone : 0;
        return std::clamp<std::uint64_t>(open, listed_rows, listed_rows + unlisted);
    }
    return listed_rows;
}

struct Reported {
    std::uint64_t allocated = 0;
    std::uint64_t freed = 0;
};

Reported reported(const ledger::Snapshot& snapshot) {
    Reported sum;
    for (const ledger::KindUse& use : snapshot.kinds) {
        if (use.kind != Kind::circular_buffer) continue;
        sum.allocated += use.reported_allocations;
        sum.freed += use.reported_frees;
    }
    return sum;
}

// The id all rows' mesh has, when each is one report for several chips.
std::optional<std::int32_t> common_mesh(const Rows& rows) {
    std::optional<std::int32_t> mesh;
    for (const ledger::AllocationView* row : rows) {
        if (!row->mesh || row->devices.size() < 2 || (mesh && *mesh != *row->mesh)) return {};
        mesh = row->mesh;
    }
    return mesh;
}

std::string programs_were(std::size_t programs) {
    if (programs == 0) return "The programs were destroyed";
    if (programs == 1) return "The program was destroyed";
    if (programs == 2) return "Both programs were destroyed";
    return fmt::format("All {} programs were destroyed", programs);
}

std::string cause(const Scene& scene, const Gathered& gathered, bool before_mended) {
    const std::string was = gathered.cut() ? "Their programs were destroyed"
                                           : programs_were(program_count(gathered.rows));
    std::string text = was + ": ProgramImpl::~ProgramImpl ran, ";
    text += before_mended
                ? "and no circular buffer was reported freed, because this release has no "
                  "deallocate_circular_buffers()."
                : "and these circular buffers were not reported freed. Why is not known.";
    const Reported sum = reported(scene.snapshot);
    text += fmt::format(
        " In all, the runtime reported {} allocated and {} freed; Plimsoll retired the rest when "
        "their programs were destroyed.",
        counted(sum.allocated, "circular buffer"), sum.freed);
    const auto mesh = common_mesh(gathered.rows);
    if (before_mended && mesh) {
        text += fmt::format(
            " This release also reports circular buffers once for the whole mesh, whose id is {0}, "
            "and not for each chip: that is why they seem to be on device {0} alone.",
            *mesh);
    }
    return text;
}

std::string symptom(const Gathered& gathered, bool before_mended) {
    std::uint64_t per_core = 0;
    for (const ledger::AllocationView* row : gathered.rows) per_core += row->bytes_per_bank;
    std::string text = fmt::format(
        "A tracker that believes the runtime shows {} ({}{} per core) left after the devices are "
        "closed",
        counted(gathered.count, "allocation"), gathered.at_least(), bytes_text(per_core));
    const auto mesh = common_mesh(gathered.rows);
    if (before_mended && mesh) text += fmt::format(", and only on device {}", *mesh);
    return text + ".";
}

std::string headline(const Gathered& gathered, const std::vector<std::int32_t>& devices,
                     std::size_t all) {
    std::string text = counted(gathered.count, "circular buffer");
    const std::size_t programs = program_count(gathered.rows);
    if (programs > 0) {
        text += fmt::format(" of {}{}", gathered.at_least(), counted(programs, "program"));
    }
    return text + ", on " + devices_text(devices, all);
}

}  // namespace

std::vector<Finding> runtime_forgot_circular_buffers(const Scene& scene) {
    Gathered gathered;
    for (const ledger::ProcessView& process : scene.snapshot.processes) {
        const Rows rows = select(process.ended, forgotten);
        gathered.add(rows, forgotten_count(process, rows.size()));
    }
    if (gathered.count == 0) return {};

    const auto version = ttnn_version(scene.package);
    const bool before_mended = version && *version < kReportsFreedCircularBuffers;
    Finding finding;
    finding.code = "runtime-forgot-circular-buffers";
    finding.severity = Severity::warning;
    describe(finding, gathered);
    const std::size_t all = scene.snapshot.devices.size();
    finding.title = headline(gathered, finding.devices, all);
    finding.symptom = symptom(gathered, before_mended);
    finding.cause = cause(scene, gathered, before_mended);
    set_evidence(finding, program_lines(gathered.rows, all));
    finding.consequence =
        "No. The space is free for the next program; only the books of other tools are wrong.";
    if (before_mended) {
        finding.mended_in =
            fmt::format("{} and later (there the frees arrive after the devices are closed).",
                        kReportsFreedCircularBuffersText);
    }
    return {finding};
}

}  // namespace plimsoll::findings
