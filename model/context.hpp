#pragma once

#include <list>
#include <memory>
#include <utility>
#include <vector>

#include "model/graph_tracker.hpp"
#include "model/inspector.hpp"

namespace plimsoll::model {

class GlobalSemaphore;

// The line of the user's program that the runtime works for.
struct CallSite {
    const char* file = "";
    const char* function = "";
    std::uint32_t line = 0;

    static constexpr CallSite here(const char* file = __builtin_FILE(),
                                   const char* function = __builtin_FUNCTION(),
                                   std::uint32_t line = __builtin_LINE()) {
        return {file, function, line};
    }
};

// What the runtime has once in a process: its chips, who follows it, and the counters it numbers
// things by. Outlives all that is made in it.
//
// Threads: one.
class MetalContext {
  public:
    // `machine` and `release` are borrowed: entries of their tables.
    MetalContext(const machines::Machine& machine, const Release& release, Defects defects);
    ~MetalContext();
    MetalContext(const MetalContext&) = delete;
    MetalContext& operator=(const MetalContext&) = delete;

    [[nodiscard]] const machines::Machine& machine() const { return machine_; }
    [[nodiscard]] const Release& release() const { return release_; }
    [[nodiscard]] const Architecture& architecture() const { return architecture_of(machine_); }
    [[nodiscard]] bool has(Defect defect) const { return defects_.has(defect); }
    GraphTracker& tracker() { return tracker_; }

    // Borrowed for the context's life.
    void add_inspector(Inspector* inspector) { inspectors_.push_back(inspector); }
    template <class... Parameters, class... Arguments>
    void tell(void (Inspector::*what)(Parameters...), const Arguments&... arguments) {
        for (Inspector* inspector : inspectors_) (inspector->*what)(arguments...);
    }

    // The chip's object survives its close and is used again by the next open.
    Device& chip(int id);
    // In the order in which they stand in the mesh of the whole machine.
    [[nodiscard]] std::vector<int> chips_in_mesh_order() const;
    // What an event carries as its device when the runtime took it from an object half made.
    const IDevice* stray_device() { return stray_.get(); }

    int next_mesh_id() { return mesh_id_++; }
    std::uint64_t next_buffer_id() { return buffer_id_++; }
    // Each program costs a second object, which is destroyed at once.
    std::uint64_t next_program_id() { return std::exchange(program_id_, program_id_ + 2); }

    CallSite call_site;
    const char* op = "";  // of ttnn that runs, such as "ttnn.add"
    // What an op keeps in a static object.
    std::list<GlobalSemaphore> kept_semaphores;

  private:
    const machines::Machine& machine_;
    const Release& release_;
    Defects defects_;
    GraphTracker tracker_;
    std::vector<Inspector*> inspectors_;
    std::vector<std::unique_ptr<Device>> chips_;
    std::unique_ptr<IDevice> stray_;
    int mesh_id_ = 0;
    std::uint64_t buffer_id_ = 0;
    std::uint64_t program_id_ = 0;
};

}  // namespace plimsoll::model
