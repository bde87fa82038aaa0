#include "model/scenario.hpp"

#include <map>
#include <memory>
#include <sstream>

#include "model/error.hpp"
#include "model/session.hpp"

namespace plimsoll::model {
namespace {

class Player {
  public:
    void step(std::istringstream& words);
    std::vector<std::string> end();

  private:
    template <class Value>
    static Value take(std::istringstream& from) {
        Value value{};
        if (!(from >> value)) throw std::runtime_error("a word is missing or no number");
        return value;
    }
    static DeviceAddr bytes(std::istringstream& from) { return take<DeviceAddr>(from); }
    static std::uint32_t number(std::istringstream& from) { return take<std::uint32_t>(from); }

    static BufferType type(const std::string& word) {
        for (const BufferType each : kDeviceBufferTypes) {
            if (word == name(each)) return each;
        }
        throw std::runtime_error("no type of buffer: " + word);
    }
    static CoreRange cores(std::istringstream& from) {
        const std::uint32_t x0 = number(from), y0 = number(from);
        const std::uint32_t x1 = number(from), y1 = number(from);
        return {{x0, y0}, {x1, y1}};
    }
    static Operation operation(std::istringstream& from) {
        Operation operation{.name = "op", .label = "op", .hash = bytes(from), .cores = cores(from)};
        for (DeviceAddr size = 0; from >> size;) operation.circular_buffers.push_back(size);
        return operation;
    }
    static BufferConfig buffer(std::istringstream& from) {
        const BufferType its = type(take<std::string>(from));
        const DeviceAddr size = bytes(from);
        return {.size = size, .page_size = bytes(from), .type = its};
    }
    void begin(const std::string& machine, const std::string& release);
    void perform(const std::string& what, std::istringstream& words);

    std::unique_ptr<Session> session_;
    EventLog log_;
};

void Player::begin(const std::string& machine, const std::string& release) {
    const machines::Machine* on = machines::find(machine);
    const Release* of = find_release(release);
    if (on == nullptr || of == nullptr) throw std::runtime_error("no such machine or release");
    session_ = std::make_unique<Session>(*on, *of, of->as_released);
    session_->context().tracker().push_processor(&log_);
}

void Player::perform(const std::string& what, std::istringstream& words) {
    if (what == "open") {
        const MeshShape shape = {number(words), number(words)};
        const DeviceAddr l1_small = bytes(words);
        session_->open_mesh({shape, l1_small, bytes(words)});
    } else if (what == "device") {
        const auto chip = static_cast<int>(number(words));
        const DeviceAddr l1_small = bytes(words);
        session_->open_device(chip, {{}, l1_small, bytes(words)});
    } else if (what == "allocate") {
        const auto tensor = take<std::string>(words);
        session_->allocate(tensor, buffer(words));
    } else if (what == "op") {
        session_->run(operation(words));
    } else if (what == "semaphore") {
        const auto semaphore = take<std::string>(words);
        session_->create_semaphore(semaphore, cores(words));
    } else if (what == "free") {
        session_->free(take<std::string>(words));
    } else if (what == "clear") {
        session_->clear_program_cache();
    } else if (what == "close") {
        session_->close();
    } else if (what == "end") {
        session_->end();
    } else {
        throw std::runtime_error("no such step: " + what);
    }
}

void Player::step(std::istringstream& words) {
    const auto what = take<std::string>(words);
    if (what == "runtime") {
        const auto machine = take<std::string>(words);
        return begin(machine, take<std::string>(words));
    }
    if (session_ == nullptr) throw std::runtime_error("the first step is runtime");
    try {
        perform(what, words);
    } catch (const RuntimeError& error) {
        log_.add(std::string("error ") + error.what());
    }
}

std::vector<std::string> Player::end() {
    if (session_ != nullptr) session_->end();
    return log_.lines();
}

}  // namespace

std::vector<std::string> play(std::istream& scenario) {
    Player player;
    int number = 0;
    for (std::string line; std::getline(scenario, line);) {
        ++number;
        if (line.empty() || line.front() == '#') continue;
        std::istringstream words(line);
        try {
            player.step(words);
        } catch (const std::runtime_error& error) {
            throw std::runtime_error(fmt::format("line {}: {}", number, error.what()));
        }
    }
    return player.end();
}

}  // namespace plimsoll::model
