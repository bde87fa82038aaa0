#include <fmt/format.h>

#include <map>

#include "findings/words.hpp"
#include "view/sections.hpp"
#include "view/text.hpp"

namespace plimsoll::view {
namespace {

// As one would type it; only what a shell would split or expand is quoted.
std::string quoted(const std::string& argument) {
    constexpr std::string_view kPlain =
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-./=:,+@%";
    if (!argument.empty() && argument.find_first_not_of(kPlain) == std::string::npos) {
        return argument;
    }
    std::string text = "'";
    for (const char letter : argument) text += letter == '\'' ? "'\\''" : std::string(1, letter);
    return text + "'";
}

// The last `names` names of a path, as in ".../tests/model.py".
std::string end_of_path(const std::string& path, std::size_t names) {
    std::size_t at = path.size();
    for (std::size_t i = 0; i < names && at != 0; ++i) {
        at = path.rfind('/', at - 1);
        if (at == std::string::npos) return path;
    }
    return at == 0 ? path : "..." + path.substr(at);
}

// Where the program is installed is left out, and the folders of the others when there is too much:
// which script ran, with which arguments, is what one looks for.
std::string command_text(const findings::Report& report) {
    if (report.command.empty()) return {};
    const std::string& program = report.command.front();
    const std::string name = quoted(program.substr(program.rfind('/') + 1));
    std::string whole = name;
    std::string shortened = name;
    for (std::size_t i = 1; i < report.command.size(); ++i) {
        whole += " " + quoted(report.command[i]);
        shortened += " " + quoted(end_of_path(report.command[i], 2));
    }
    whole = printable(whole);
    return display_width(whole) + 2 <= kColumns ? whole : printable(shortened);
}

std::string end_text(const findings::Report& report) {
    std::string text;
    if (report.signal) {
        text = "killed by " + findings::signal_name(*report.signal);
    } else if (report.exit_code) {
        text = fmt::format("exit {}", *report.exit_code);
    } else if (any_running(report.snapshot)) {
        text = "running";
    }
    if (report.elapsed_ns == 0) return text;
    const double seconds = static_cast<double>(report.elapsed_ns) / 1e9;
    const char* joint = text == "running" ? " for " : text.empty() ? "after " : " after ";
    return text + joint +
           (seconds < 10 ? fmt::format("{:.1f} s", seconds) : fmt::format("{:.0f} s", seconds));
}

std::string machine_text(const findings::Report& report) {
    std::vector<std::string> parts;
    if (!report.package.empty()) parts.push_back(report.package);
    if (!report.machine.empty()) {
        std::string machine = report.machine;
        for (const std::string_view kind : {"mock:", "model:"}) {
            if (machine.rfind(kind, 0) == 0) machine[kind.size() - 1] = ' ';
        }
        parts.push_back(machine);
    }
    std::map<std::string, std::size_t> archs;
    for (const ledger::DeviceUse& device : report.snapshot.devices) ++archs[device.arch];
    for (const auto& [arch, count] : archs) {
        parts.push_back(arch.empty() ? findings::counted(count, "device")
                                     : fmt::format("{} x {}", count, arch));
    }
    std::string text;
    for (const std::string& part : parts) text += (text.empty() ? "" : ", ") + part;
    return printable(text);
}

}  // namespace

std::vector<std::string> run_parts(const findings::Report& report) {
    std::vector<std::string> parts;
    for (std::string part : {command_text(report), end_text(report), machine_text(report)}) {
        if (!part.empty()) parts.push_back(std::move(part));
    }
    return parts;
}

void print_run(Page& page, const findings::Report& report) {
    std::vector<std::string> parts = run_parts(report);
    if (parts.empty()) return;
    for (const std::string_view gap : {"      ", "   "}) {
        const std::string one = fmt::format("  {}", fmt::join(parts, gap));
        if (display_width(one) > kColumns) continue;
        page.line(one);
        page.blank();
        return;
    }
    // Too much for one line: the command has its own.
    page.line("  " + parts.front());
    parts.erase(parts.begin());
    page.line(fmt::format("  {}", fmt::join(parts, "      ")));
    page.blank();
}

}  // namespace plimsoll::view
