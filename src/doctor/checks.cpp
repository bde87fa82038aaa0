#include "doctor/checks.hpp"

#include <fmt/format.h>

#include <set>

namespace plimsoll::doctor {
namespace {

const Findings& found(const Facts& facts) {
    static const Findings nothing;
    return facts.found ? *facts.found : nothing;
}

Check not_looked_at(const char* what) { return {what, State::missing, "not looked at", {}}; }

Check mock_machine(const Facts& facts) {
    const Findings& seen = found(facts);
    const std::string is = fmt::format("mock {}, {}", facts.machine->name, facts.machine->title);
    if (!seen.imported) return not_looked_at("machine");
    if (seen.opened == 0) {
        return {"machine", State::missing,
                fmt::format("{}: it cannot be opened: {}", is, seen.complaint),
                "plimsoll machines lists the others; docs/releases.md says which release runs on "
                "which"};
    }
    if (!seen.attached) {
        return {"machine", State::missing, fmt::format("{}: {}", is, seen.complaint),
                "see that the process may create memory files (memfd) and open sockets"};
    }
    if (!seen.ran) {
        return {"machine", State::limited,
                fmt::format("{}: {} opened, but an op does not run: {}", is, seen.opened,
                            seen.complaint),
                "run the op without plimsoll to see whether the runtime refuses it there too"};
    }
    return {"machine", State::ok,
            fmt::format("{}: opened, and an op ran on {}", is,
                        seen.opened == 1 ? "it" : fmt::format("all {} devices", seen.opened))};
}

}  // namespace

Check check_agent(const Facts& facts) {
    if (facts.agent_is_off) {
        return {"agent", State::missing, "PLIMSOLL_AGENT=off keeps it out", "unset PLIMSOLL_AGENT"};
    }
    if (facts.agent_problem.empty()) return {"agent", State::ok, "it goes with the command"};
    return {"agent", State::missing, facts.agent_problem,
            "build with make, or install the whole of Plimsoll"};
}

Check check_command(const Facts& facts) {
    if (facts.command.empty())
        return {"command", State::ok, "none given; judged by the Python alone"};
    if (facts.no_preload.empty()) return {"command", State::ok, "takes preloaded libraries"};
    return {"command", State::limited,
            fmt::format("{}: {}, so the agent does not reach it", facts.command.front(),
                        facts.no_preload),
            "start the Python or the program itself under plimsoll, without this in front of it"};
}

Check check_package(const Facts& facts) {
    if (facts.no_package)
        return {"ttnn", State::missing, facts.no_package->what, facts.no_package->todo};
    const Findings& seen = found(facts);
    if (!seen.python.empty() && !seen.imported) {
        return {"ttnn", State::missing,
                fmt::format("{} in {} cannot be imported: {}", facts.package.version,
                            facts.package.folder.string(), seen.complaint),
                fmt::format("{} -m pip install ttnn", facts.package.interpreter.string())};
    }
    return {"ttnn", State::ok, facts.package.version};
}

Check check_python(const Facts& facts) {
    if (!facts.found) return not_looked_at("python");
    const std::string path = facts.package.interpreter.string();
    const Findings& seen = found(facts);
    if (seen.python.empty()) {
        return {"python", State::missing, fmt::format("{} does not run: {}", path, seen.complaint),
                "use a Python that starts"};
    }
    if (seen.imported && !seen.has_agent) {
        return {
            "python", State::missing, fmt::format("{} runs without the agent", path),
            "use a Python that keeps LD_PRELOAD: one not linked statically, for this processor"};
    }
    return {"python", State::ok, fmt::format("{}, {}", seen.python, path)};
}

Check check_seams(const Facts& facts) {
    const Description& seen = found(facts).seen;
    if (seen.capabilities.empty()) return not_looked_at("seams");
    std::set<std::string> all, there;
    std::string lost;
    for (const Capability& capability : seen.capabilities) {
        if (capability.state == "lost") lost += (lost.empty() ? "" : "; ") + capability.text;
        if (capability.state == "not-needed") continue;
        for (const Function& function : capability.functions) {
            if (function.found) there.insert(function.symbol);
            all.insert(function.symbol);
        }
    }
    if (lost.empty()) {
        return {"seams", State::ok,
                fmt::format("all there that this release needs: {} functions", there.size())};
    }
    return {"seams", State::limited,
            fmt::format("{} of {} functions are there: {}", there.size(), all.size(), lost),
            "use a release of docs/releases.md, or a Plimsoll that knows this one"};
}

Check check_call_sites(const Facts& facts) {
    const Description& seen = found(facts).seen;
    if (seen.capabilities.empty()) return not_looked_at("call sites");
    if (seen.call_sites)
        return {"call sites", State::ok, "file, line and function of each allocation"};
    return {"call sites", State::limited, seen.why_no_call_sites,
            "run the program with Python 3.10 or 3.12"};
}

Check check_compiler(const Facts& facts) {
    if (facts.no_package) return not_looked_at("compiler");
    if (!facts.compiler.empty()) return {"compiler", State::ok, facts.compiler.string()};
    if (facts.machine != nullptr) {
        return {"compiler", State::ok,
                "Plimsoll's stand-in: on a mock machine no kernel ever runs"};
    }
    return {
        "compiler", State::missing, "no compiler for kernels in ttnn or in the system",
        "install sfpi, as the guide of TT-Metalium says, or use a mock machine: --machine n150"};
}

Check check_machine(const Facts& facts) {
    if (facts.machine != nullptr) return mock_machine(facts);
    if (facts.hardware.mock_cluster) {
        return {"machine", State::ok,
                "a mock cluster of your own, by TT_METAL_MOCK_CLUSTER_DESC_PATH"};
    }
    if (facts.hardware.devices == 0) {
        return {"machine", State::missing, "no device under /dev/tenstorrent",
                "use a mock machine, such as --machine n150, or a host that has devices"};
    }
    const std::string is = fmt::format("{} under /dev/tenstorrent",
                                       facts.hardware.devices == 1
                                           ? "1 device"
                                           : fmt::format("{} devices", facts.hardware.devices));
    if (facts.hardware.may_be_opened) return {"machine", State::ok, is};
    return {"machine", State::missing, is + ", which you may not read and write",
            "get the right to open /dev/tenstorrent/*"};
}

}  // namespace plimsoll::doctor
