#include "machines/package.hpp"

#include <fmt/format.h>

#include <sstream>
#include <vector>

#include "machines/child_output.hpp"
#include "machines/interpreter.hpp"

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;

// Python may print warnings around the answer: only a marked line counts. The current folder,
// which -c puts first, is not searched: a checkout's folder `ttnn` is no package.
constexpr const char* kMark = "plimsoll-package\t";
constexpr const char* kQuestion = R"(
import sys
sys.path[:] = [p for p in sys.path if p]
import importlib.metadata, importlib.util
spec = importlib.util.find_spec('ttnn')
if spec is not None and spec.origin:
    try:
        version = importlib.metadata.version('ttnn')
    except importlib.metadata.PackageNotFoundError:
        version = 'unknown'
    print('\nplimsoll-package', list(spec.submodule_search_locations)[0], version, sep='\t')
)";

struct Answer {
    enum { package, no_package, not_a_python } kind = not_a_python;
    Package found;
    std::string complaint;  // of a Python that failed: the line that says why
};

// The line that says why a Python failed: the last one of Python's own errors, the first one of
// a program that only stands in for it.
std::string complaint_in(const std::string& text) {
    std::istringstream lines(text);
    std::string first, last;
    for (std::string line; std::getline(lines, line);) {
        if (first.empty()) first = line;
        if (!line.empty()) last = line;
    }
    return first.starts_with("Traceback") || first.starts_with(' ') ? last : first;
}

Answer ask(const fs::path& python) {
    const ChildOutput output = run({python.string(), "-c", kQuestion});
    Answer answer;
    std::istringstream lines(output.text);
    for (std::string line; std::getline(lines, line);) {
        if (!line.starts_with(kMark)) continue;
        const std::string fields = line.substr(std::string(kMark).size());
        const std::size_t tab = fields.rfind('\t');
        answer.kind = Answer::package;
        answer.found = {python, fields.substr(0, tab), fields.substr(tab + 1)};
    }
    answer.complaint = complaint_in(output.text);
    if (output.status == 0 && answer.kind != Answer::package) answer.kind = Answer::no_package;
    return answer;
}

Problem no_python(std::span<const std::string> command) {
    return {fmt::format("no Python found for the command '{}'", fmt::join(command, " ")),
            "a command that starts a Python, $VIRTUAL_ENV, or python3 on PATH",
            "name the Python: plimsoll run --machine NAME -- /path/to/venv/bin/python model.py"};
}

Problem not_answering(const fs::path& python, const Answer& answer) {
    return {fmt::format("the Python {} does not run: {}", python.string(),
                        answer.complaint.empty() ? "it said nothing" : answer.complaint),
            "Python 3.8 or later",
            "use a Python that starts (a pyenv shim needs its version chosen first)"};
}

Problem no_package(const std::vector<std::string>& asked) {
    return {fmt::format("no ttnn package in {}", fmt::join(asked, ", ")),
            "a Python that can import ttnn",
            fmt::format("{} -m pip install ttnn, or start the command with another Python",
                        asked.front())};
}

Problem not_a_wheel(const Package& package) {
    return {fmt::format("the ttnn package {} has no folder tt_metal", package.folder.string()),
            "ttnn as installed from its wheel",
            fmt::format("{} -m pip install ttnn", package.interpreter.string())};
}

}  // namespace

Outcome<Package> find_package(std::span<const std::string> command) {
    const InterpreterChoice choice = choose_interpreter(command);
    if (choice.candidates.empty()) return no_python(command);

    std::vector<std::string> without_package;
    Answer last;
    for (const fs::path& python : choice.candidates) {
        last = ask(python);
        if (last.kind == Answer::package) {
            std::error_code missing;
            if (!fs::is_directory(last.found.folder / "tt_metal", missing)) {
                return not_a_wheel(last.found);
            }
            return last.found;
        }
        if (last.kind == Answer::no_package) without_package.push_back(python.string());
    }
    if (!without_package.empty()) return no_package(without_package);
    return not_answering(choice.candidates.back(), last);
}

}  // namespace plimsoll::machines
