#include "doctor/probe.hpp"

#include <fstream>
#include <sstream>

#include "machines/child_output.hpp"

namespace plimsoll::doctor {
namespace {

// The answer goes into a file: the runtime writes to both streams.
constexpr const char* kProgram = R"(
import ctypes, platform, sys
sys.path[:] = [p for p in sys.path if p]
answer, rows, columns = open(sys.argv[1], 'w'), int(sys.argv[2]), int(sys.argv[3])
def say(*fields):
    print(*fields, sep='\t', file=answer, flush=True)
say('python', platform.python_version())
try:
    import ttnn
    say('imported')
    describe = getattr(ctypes.CDLL(None), 'plimsoll_ttmetal_describe', None)
    if describe is not None:
        describe.restype = ctypes.c_size_t
        size = describe(None, ctypes.c_size_t(0))
        text = ctypes.create_string_buffer(size)
        describe(text, ctypes.c_size_t(size))
        say('agent')
        answer.write(text.raw[:size].decode())
    if rows:
        mesh = ttnn.open_mesh_device(ttnn.MeshShape(rows, columns))
        say('opened', mesh.get_num_devices())
        ones = ttnn.ones((32, 32), dtype=ttnn.bfloat16, layout=ttnn.TILE_LAYOUT, device=mesh)
        ttnn.add(ones, ones)
        say('ran')
        ttnn.close_mesh_device(mesh)
except BaseException as error:
    say('complaint', ' '.join(str(error).split())[:300] or type(error).__name__)
)";

constexpr const char* kCannotAttach = "plimsoll: cannot attach: ";

void read_answer(std::istream& lines, Findings& to) {
    std::string all;
    for (std::string line; std::getline(lines, line); all += line + "\n") {
        std::vector<std::string> field = fields_of(line);
        if (field.empty()) continue;
        field.resize(2);
        if (field[0] == "python") to.python = field[1];
        if (field[0] == "imported") to.imported = true;
        if (field[0] == "agent") to.has_agent = true;
        if (field[0] == "opened") to.opened = std::stoi(field[1]);
        if (field[0] == "ran") to.ran = true;
        if (field[0] == "complaint") to.complaint = field[1];
    }
    to.seen = parse_description(all);
}

std::string last_line(const std::string& text) {
    std::istringstream lines(text);
    std::string last;
    for (std::string line; std::getline(lines, line);) {
        if (!line.empty()) last = line;
    }
    return last;
}

}  // namespace

Findings probe(const Trial& trial) {
    const std::filesystem::path answer = trial.folder / "answer";
    std::vector<std::string> command = {"env"};
    for (const std::string& name : trial.unset) command.insert(command.end(), {"-u", name});
    for (const auto& [name, value] : trial.set) command.push_back(name + "=" + value);
    const int rows = trial.machine == nullptr ? 0 : trial.machine->rows;
    const int columns = trial.machine == nullptr ? 0 : trial.machine->columns;
    command.insert(command.end(), {trial.python.string(), "-c", kProgram, answer.string(),
                                   std::to_string(rows), std::to_string(columns)});
    const machines::ChildOutput output = machines::run(command);

    Findings found;
    std::ifstream lines(answer);
    read_answer(lines, found);
    const std::size_t cannot = output.text.find(kCannotAttach);
    if (cannot != std::string::npos) {
        found.attached = false;
        found.complaint = output.text.substr(cannot, output.text.find('\n', cannot) - cannot);
    } else if (found.complaint.empty() && output.status != 0) {
        found.complaint = last_line(output.text);
    }
    return found;
}

}  // namespace plimsoll::doctor
