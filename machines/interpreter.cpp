#include "machines/interpreter.hpp"

#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

namespace plimsoll::machines {
namespace {

namespace fs = std::filesystem;
using Words = std::vector<std::string>;

constexpr int kMostSteps = 8;  // scripts whose interpreter is again a script or env
constexpr std::size_t kLongestFirstLine = 4096;

bool is_program(const fs::path& path) {
    std::error_code failed;
    return fs::is_regular_file(path, failed) && ::access(path.c_str(), X_OK) == 0;
}

// python, python3, python3.10; not python3-config.
bool is_python_name(const std::string& program) {
    const std::string name = fs::path(program).filename();
    return name.starts_with("python") &&
           name.find_first_not_of("0123456789.", std::string("python").size()) == std::string::npos;
}

// What env would run: without its options and assignments.
Words behind_env(const Words& words) {
    std::size_t i = 1;
    for (; i < words.size(); ++i) {
        const std::string& word = words[i];
        const bool takes_value =
            word == "-u" || word == "--unset" || word == "-C" || word == "--chdir";
        if (takes_value) {
            ++i;
        } else if (!word.starts_with('-') && word.find('=') == std::string::npos) {
            break;
        }
    }
    return {words.begin() + static_cast<std::ptrdiff_t>(std::min(i, words.size())), words.end()};
}

Words split(const std::string& line) {
    std::istringstream in(line);
    Words words;
    for (std::string word; in >> word;) {
        std::erase(word, '"');
        words.push_back(word);
    }
    return words;
}

// What a script's head names as its interpreter. pip writes a path too long for a first line as
// a shell script whose second line is:  '''exec' "/long/path/python" "$0" "$@"
Words interpreter_line(const fs::path& script) {
    std::ifstream in(script, std::ios::binary);
    std::string head(kLongestFirstLine, '\0');
    in.read(head.data(), static_cast<std::streamsize>(head.size()));
    head.resize(static_cast<std::size_t>(in.gcount()));
    if (!head.starts_with("#!")) return {};

    std::istringstream lines(head);
    std::string first, second;
    std::getline(lines, first);
    std::getline(lines, second);
    if (second.starts_with("'''exec' ")) return split(second.substr(9));
    return split(first.substr(2));
}

fs::path named_interpreter(Words words) {
    for (int step = 0; step < kMostSteps && !words.empty(); ++step) {
        fs::path program = find_on_path(words.front());
        if (program.empty()) return {};
        if (is_python_name(words.front())) return program;
        words = program.filename() == "env" ? behind_env(words) : interpreter_line(program);
    }
    return {};
}

}  // namespace

fs::path find_on_path(const std::string& program) {
    if (program.find('/') != std::string::npos) {
        return is_program(program) ? fs::absolute(program) : fs::path();
    }
    const char* path = std::getenv("PATH");
    std::istringstream folders(path ? path : "/usr/local/bin:/usr/bin:/bin");
    for (std::string folder; std::getline(folders, folder, ':');) {
        fs::path candidate = fs::absolute(fs::path(folder.empty() ? "." : folder) / program);
        if (is_program(candidate)) return candidate;
    }
    return {};
}

InterpreterChoice choose_interpreter(std::span<const std::string> command) {
    if (const auto named = named_interpreter({command.begin(), command.end()}); !named.empty()) {
        return {{named}, true};
    }
    for (const std::string& word : command) {
        if (!is_python_name(word)) continue;
        if (const auto python = find_on_path(word); !python.empty()) return {{python}, true};
    }

    InterpreterChoice choice;
    if (const char* environment = std::getenv("VIRTUAL_ENV")) {
        const fs::path python = fs::path(environment) / "bin" / "python";
        if (is_program(python)) choice.candidates.push_back(python);
    }
    for (const char* name : {"python3", "python"}) {
        if (const auto python = find_on_path(name); !python.empty()) {
            choice.candidates.push_back(python);
        }
    }
    return choice;
}

}  // namespace plimsoll::machines
