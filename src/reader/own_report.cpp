#include "reader/own_report.hpp"

#include <time.h>
#include <unistd.h>

#include <fstream>
#include <string>
#include <vector>

#include "findings/judge.hpp"
#include "ledger/merge.hpp"

namespace plimsoll::reader {
namespace {

constexpr std::uint64_t kNsPerSecond = 1000000000;

std::vector<std::string> own_command() {
    std::vector<std::string> words;
    std::ifstream file("/proc/self/cmdline");
    for (std::string word; std::getline(file, word, '\0');) words.push_back(word);
    return words;
}

// `start_time` as the kernel counts it: clock ticks after boot.
std::uint64_t ns_since(std::uint64_t start_time) {
    timespec now{};
    ::clock_gettime(CLOCK_BOOTTIME, &now);
    const auto now_ns = static_cast<std::uint64_t>(now.tv_sec) * kNsPerSecond +
                        static_cast<std::uint64_t>(now.tv_nsec);
    const auto ticks_per_second = static_cast<std::uint64_t>(::sysconf(_SC_CLK_TCK));
    const std::uint64_t start_ns = start_time * (kNsPerSecond / ticks_per_second);
    return now_ns - std::min(now_ns, start_ns);
}

}  // namespace

findings::Report own_report(ledger::ProcessView view) {
    findings::Report report;
    report.command = own_command();
    report.elapsed_ns = ns_since(view.identity.start_time);
    report.package = view.identity.package;
    report.machine = view.identity.machine;
    report.attached = true;
    std::vector<ledger::ProcessView> processes;
    processes.push_back(std::move(view));
    report.snapshot = ledger::merge(std::move(processes));
    report.findings = findings::judge(report.snapshot, report.package);
    return report;
}

}  // namespace plimsoll::reader
