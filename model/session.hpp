#pragma once

#include <map>
#include <memory>
#include <string>

#include "model/global_semaphore.hpp"
#include "model/operation.hpp"
#include "model/plimsoll_observer.hpp"

namespace plimsoll::model {

// A user's program on the model, step by step, as a TT-NN script would write it. What it allocates
// it knows by name. A mesh stays a live object after its close, until the next one is opened or the
// program ends, as in a Python variable. Each step is followed with the line it stands on.
class Session {
  public:
    Session(const machines::Machine& machine, const Release& release, Defects defects)
        : context_(machine, release, defects) {}
    ~Session() { end(); }
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    MetalContext& context() { return context_; }
    // Before the first step. False: it cannot attach.
    bool observe(const ObserverOptions& options);

    void open_mesh(const MeshDeviceConfig& config, CallSite at = CallSite::here());
    void open_device(int chip, const MeshDeviceConfig& config, CallSite at = CallSite::here());
    // The last one that was opened. Throws RuntimeError when none was.
    MeshDevice& mesh() { return *opened(); }
    void close();
    // What a test's fixture does at its end: frees all tensors and closes.
    void tear_down();

    const Buffer& allocate(const std::string& name, const BufferConfig& config,
                           CallSite at = CallSite::here());
    void create_semaphore(const std::string& name, const CoreRangeSet& cores,
                          CallSite at = CallSite::here());
    void free(const std::string& name);
    // The program is done with a tensor, a semaphore or a trace.
    void let_go(const std::string& name);

    void run(const Operation& operation, CallSite at = CallSite::here());
    // Runs it, with its result in a tensor of this name.
    const Buffer& compute(const std::string& name, const BufferConfig& config,
                          const Operation& operation, CallSite at = CallSite::here());
    void clear_program_cache();
    void capture_trace(const std::string& name, DeviceAddr size, CallSite at = CallSite::here());
    void release_trace(const std::string& name);

    // What a framework compiles once for each of its models, with the tensors that it computed for
    // it; and the end of all that it compiled.
    void compile_executable(const std::string& name, const BufferConfig& constants,
                            CallSite at = CallSite::here());
    void drop_executables();

    // The interpreter ends: devices that are open close, then objects go. Idempotent.
    void end();

  private:
    void call(const char* op, CallSite at);
    const std::shared_ptr<MeshDevice>& opened() const;

    MetalContext context_;
    std::unique_ptr<PlimsollObserver> observer_;
    std::shared_ptr<MeshDevice> mesh_;
    std::map<std::string, std::shared_ptr<MeshBuffer>> tensors_;
    std::map<std::string, std::shared_ptr<MeshBuffer>> executables_;
    std::map<std::string, GlobalSemaphore> semaphores_;
    std::map<std::string, TraceId> traces_;
    bool ended_ = false;
};

}  // namespace plimsoll::model
