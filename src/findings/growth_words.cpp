#include "findings/growth_words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "findings/words.hpp"

namespace plimsoll::findings {

using ledger::Growth;

bool takes_no_memory(const Growth& growth) {
    return growth.kind == Kind::circular_buffer || growth.kind == Kind::dataflow_buffer;
}

std::string things(const Growth& growth, std::uint64_t count) {
    return counted(count, growth.kind == Kind::unknown ? "allocation" : noun(growth.kind));
}

std::string rate(const Growth& growth) {
    const auto iterations = static_cast<double>(std::max<std::uint64_t>(growth.iterations, 1));
    const auto allocations = static_cast<double>(growth.allocations);
    const double between = allocations > 0 ? std::round(iterations / allocations) : 1;
    const double times = std::max(between, 1.0);
    const std::string per =
        times > 1 ? fmt::format("per {:.0f} iterations", times) : std::string("per iteration");
    const auto each = static_cast<std::uint64_t>(std::lround(allocations * times / iterations));
    const std::string what = things(growth, std::max<std::uint64_t>(each, 1));
    if (takes_no_memory(growth)) return what + " " + per;
    const auto bytes = static_cast<std::uint64_t>(
        std::llround(static_cast<double>(growth.bytes) * times / iterations));
    const std::string amount = fmt::format("{} of {}", bytes_text(bytes), title(growth.region));
    return growth.kind == Kind::buffer ? fmt::format("{} {}", amount, per)
                                       : fmt::format("{} ({}) {}", what, amount, per);
}

std::string place(const Growth& growth, std::size_t frames) {
    const std::string text = call_path_text(growth.call_site, frames);
    return text.empty() ? "from a place that is not known" : text;
}

std::string why_it_grows(const Growth& growth, bool with_programs) {
    if (growth.owner == Owner::program) {
        return fmt::format(
            "The op was called again and again with what no cached program fits, such as a new "
            "shape: {} came with new programs, which the program cache keeps.",
            things(growth, growth.allocations));
    }
    if (growth.allocations == 0) {
        return "Each time a larger one took the place of the one before.";
    }
    const std::string kept = things(growth, growth.allocations);
    const char* verb = growth.allocations == 1 ? "was" : "were";
    std::string text = fmt::format(
        "Of what was made there in {} iterations, {} {} {}. After the first iterations a program "
        "that works on the same things holds as much as before.",
        growth.iterations, kept, verb,
        growth.until_refused ? "still there when memory was refused" : "never freed");
    if (with_programs) {
        text +=
            " New programs were made there at the same rate: the op keeps these with each program "
            "in the program cache, which grows with every new shape.";
    }
    return text;
}

std::vector<std::string> against_growth(const Growth& growth, bool with_programs) {
    if (growth.owner == Owner::program || with_programs) {
        return {
            "Use few shapes: pad what differs, so that a cached program fits. "
            "device.disable_and_clear_program_cache() gives back what cached programs hold."};
    }
    if (growth.kind == Kind::trace) return {"Call ttnn.release_trace when a trace is done with."};
    if (growth.kind == Kind::semaphore) {
        return {
            "Make the semaphores once and use them again; they live as long as somebody refers "
            "to them."};
    }
    return {
        "Look for what keeps the results: a list or dict that they are put into, an attribute "
        "of a model, a cache without a limit, outputs kept for later, a captured graph.",
        "Let go of them when the iteration is over (ttnn.deallocate, del), or keep their "
        "number below a limit."};
}

}  // namespace plimsoll::findings
