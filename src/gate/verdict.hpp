#pragma once

#include <optional>
#include <vector>

#include "findings/report.hpp"
#include "gate/baseline.hpp"
#include "gate/limits.hpp"

namespace plimsoll::gate {

struct Demands {
    std::vector<std::string> fail_on;
    std::optional<Baseline> baseline;  // nothing: nothing is accepted
    std::vector<Limit> limits;
};

enum class Standing : std::uint8_t {
    accepted,   // the baseline has it, and no less
    unlisted,   // the baseline does not have it
    increased,  // the baseline has less of it
};

// One place in one finding that --fail-on names. Two with the same key are one.
struct Concern {
    const findings::Finding* finding = nullptr;  // borrowed from the report
    findings::Place place;
    Key key;
    findings::Amount amount;  // on the device that has the most of it
    Standing standing = Standing::unlisted;
    findings::Amount accepted;
};

struct Verdict {
    std::vector<Concern> concerns;  // those that fail first, then as the report has them
    std::vector<Accepted> gone;     // the baseline has it and the run did not
    std::vector<Excess> excesses;   // limits that are broken

    [[nodiscard]] std::size_t failing() const;  // concerns that are not accepted
    [[nodiscard]] bool passes() const { return failing() == 0 && excesses.empty(); }
};

// `report` outlives the verdict.
Verdict judge(const findings::Report& report, const Demands& demands);

// What makes the same run pass.
Baseline baseline_of(const findings::Report& report, const Verdict& verdict);

}  // namespace plimsoll::gate
