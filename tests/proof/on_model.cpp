// Runs one scenario on the model and prints what became of each line, as on_runtime.py does:
//
//   on_model RELEASE MACHINE SCENARIO SEGMENT_COPY
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/sendfile.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <sstream>

#include "base/unique_fd.hpp"
#include "machines/machine.hpp"
#include "model/error.hpp"
#include "model/mesh_device.hpp"
#include "model/plimsoll_observer.hpp"

namespace {

using namespace plimsoll;
using model::BufferType;

constexpr std::uint64_t kTile = 32;
constexpr std::uint64_t kTileBytes = kTile * kTile * 2;  // bfloat16

model::CoreRangeSet read_cores(std::istream& words) {
    std::vector<model::CoreRange> ranges;
    model::CoreRange one;
    while (words >> one.start.x >> one.start.y >> one.end.x >> one.end.y) ranges.push_back(one);
    words.clear();  // what is no number ends them
    return model::CoreRangeSet(std::move(ranges));
}

class Machine {
  public:
    Machine(const machines::Machine& machine, const model::Release& release)
        : context_(machine, release, release.as_released), observer_(context_, {}) {}

    [[nodiscard]] bool attached() const { return observer_.is_attached(); }

    void step(const std::string& line) {
        std::istringstream words(line);
        std::string what;
        words >> what;
        if (what == "open") open(words);
        if (what == "tensor") tensor(words);
        if (what == "sharded") sharded(words);
        if (what == "free") free(words);
        if (what == "op") op(words);
        if (what == "clear") mesh_->program_cache().clear();
        if (what == "close") close();
    }

  private:
    void open(std::istream& words) {
        model::MeshDeviceConfig config;
        words >> config.l1_small_size;
        if (words >> config.shape.rows >> config.shape.columns) {
            mesh_ = model::MeshDevice::create(context_, config);
        } else {
            config.shape = {};
            mesh_ = model::MeshDevice::create_unit_mesh(context_, 0, config);
        }
    }

    void close() {
        mesh_->close();
        mesh_.reset();
        for (auto& [name, tensor] : tensors_) tensor.reset();  // as a Python dict does it: in order
        tensors_.clear();
    }

    [[nodiscard]] bool has(const std::string& name) const {
        return std::any_of(tensors_.begin(), tensors_.end(),
                           [&](const auto& tensor) { return tensor.first == name; });
    }

    static BufferType region(const std::string& name) {
        if (name == "dram") return BufferType::DRAM;
        return name == "l1" ? BufferType::L1 : BufferType::L1_SMALL;
    }

    void tensor(std::istream& words) {
        std::string name, where;
        std::uint64_t rows = 0, columns = 0;
        words >> name >> where >> rows >> columns;
        model::BufferConfig config;
        config.size = rows / kTile * (columns / kTile) * kTileBytes;
        config.page_size = kTileBytes;
        config.type = region(where);
        allocate(name, config);
    }

    void sharded(std::istream& words) {
        std::string name, where;
        std::uint64_t rows = 0, columns = 0;
        words >> name >> where >> rows >> columns;
        model::ShardSpec shards{read_cores(words), rows / kTile * (columns / kTile)};
        model::BufferConfig config;
        config.size = shards.pages_per_shard * shards.grid.num_cores() * kTileBytes;
        config.page_size = kTileBytes;
        config.type = region(where);
        config.layout = model::TensorMemoryLayout::HEIGHT_SHARDED;
        config.shards = std::move(shards);
        allocate(name, config);
    }

    void allocate(const std::string& name, const model::BufferConfig& config) {
        tensors_.emplace_back(name, model::MeshBuffer::create(mesh_, config));
        fmt::print("tensor {} {}\n", name, tensors_.back().second->address());
    }

    void free(std::istream& words) {
        std::string name;
        words >> name;
        std::erase_if(tensors_, [&](const auto& tensor) { return tensor.first == name; });
    }

    void op(std::istream& words) {
        std::string input, output, buffers;
        words >> input >> output;
        if (!has(input) || !has(output)) return;
        std::getline(words, buffers);
        const Layout layout = read_layout(std::istringstream(buffers));
        const std::size_t hash = std::hash<std::string>{}(is_early() ? layout.cores : buffers);
        for (std::size_t i = 0; i < programs_per_op(); ++i) launch(hash + i, layout);
        fmt::print("op\n");
    }

    [[nodiscard]] bool is_early() const {
        return &context_.release() == model::find_release("0.66.0");
    }

    // Of a generic op: later releases make one for each chip of the mesh, each of which is placed
    // on the whole mesh.
    [[nodiscard]] std::size_t programs_per_op() const {
        return is_early() ? 1 : mesh_->get_devices().size();
    }

    // The program cache of 0.66.0 asks where circular buffers are, and not how large: a cached
    // program gets the new sizes. Later ones ask for both.
    struct Layout {
        std::string cores;
        std::vector<std::pair<model::DeviceAddr, model::CoreRangeSet>> buffers;
    };

    static Layout read_layout(std::istringstream words) {
        Layout layout;
        model::DeviceAddr size = 0;
        for (std::string cb; words >> cb >> size;) {
            layout.buffers.emplace_back(size, read_cores(words));
            for (const auto& [start, end] : layout.buffers.back().second.ranges()) {
                layout.cores += fmt::format("{} {} {} {},", start.x, start.y, end.x, end.y);
            }
            layout.cores += ';';
        }
        return layout;
    }

    void launch(std::size_t hash, const Layout& layout) {
        if (const model::CachedProgram* cached = mesh_->program_cache().get(hash)) {
            for (std::size_t i = 0; i < layout.buffers.size(); ++i) {
                const model::DeviceAddr size = layout.buffers[i].first;
                if (cached->program->circular_buffers()[i].size() == size) continue;
                cached->program->update_circular_buffer_total_size(i, size);
            }
            return cached->program->compile_on(*mesh_);
        }
        constexpr model::DeviceAddr kPage = 32;
        auto program = std::make_unique<model::Program>(context_, "generic");
        for (std::uint32_t i = 0; i < layout.buffers.size(); ++i) {
            const auto& [size, cores] = layout.buffers[i];
            program->add_circular_buffer(cores, {.total_size = size, .indices = {{i, kPage}}});
        }
        const bool early = context_.release().caching == model::Caching::before_placing;
        if (!early) program->compile_on(*mesh_);
        model::CachedProgram& cached =
            mesh_->program_cache().insert(hash, {std::move(program), {}});
        if (early) cached.program->compile_on(*mesh_);
    }

    model::MetalContext context_;
    model::PlimsollObserver observer_;
    std::shared_ptr<model::MeshDevice> mesh_;
    std::vector<std::pair<std::string, std::shared_ptr<model::MeshBuffer>>> tensors_;
};

// Only what was ever written: a segment is mostly holes.
bool copy_sparsely(int from, int to) {
    const off_t size = ::lseek(from, 0, SEEK_END);
    if (size < 0 || ::ftruncate(to, size) != 0) return false;
    off_t begin = ::lseek(from, 0, SEEK_DATA);
    while (begin >= 0) {
        const off_t end = ::lseek(from, begin, SEEK_HOLE);
        ::lseek(to, begin, SEEK_SET);
        while (begin < end) {
            if (::sendfile(to, from, &begin, static_cast<std::size_t>(end - begin)) <= 0)
                return false;
        }
        begin = ::lseek(from, end, SEEK_DATA);
    }
    return true;
}

bool copy_segment(const char* name) {
    const UniqueFd to(::open(name, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600));
    for (const auto& entry : std::filesystem::directory_iterator("/proc/self/fd")) {
        std::error_code none;
        const std::string target = std::filesystem::read_symlink(entry.path(), none).string();
        if (target.find("memfd:plimsoll") == std::string::npos) continue;
        const UniqueFd from(::open(entry.path().c_str(), O_RDONLY | O_CLOEXEC));
        return to && from && copy_sparsely(from.get(), to.get());
    }
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 5) return 2;
    const model::Release* release = model::find_release(argv[1]);
    const machines::Machine* machine = machines::find(argv[2]);
    std::ifstream scenario(argv[3]);
    if (release == nullptr || machine == nullptr || !scenario) return 2;
    Machine running(*machine, *release);
    if (!running.attached()) return 2;
    for (std::string line; std::getline(scenario, line);) {
        try {
            running.step(line);
        } catch (const model::RuntimeError& refusal) {
            fmt::print("refused: {}\n", refusal.what());
        }
    }
    return copy_segment(argv[4]) ? 0 : 2;
}
