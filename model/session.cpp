#include "model/session.hpp"

#include "model/error.hpp"

namespace plimsoll::model {

bool Session::observe(const ObserverOptions& options) {
    observer_ = std::make_unique<PlimsollObserver>(context_, options);
    return observer_->is_attached();
}

void Session::call(const char* op, CallSite at) {
    context_.op = op;
    context_.call_site = at;
}

const std::shared_ptr<MeshDevice>& Session::opened() const {
    if (mesh_ == nullptr) fatal("No device is open");
    return mesh_;
}

void Session::open_mesh(const MeshDeviceConfig& config, CallSite at) {
    call("ttnn.open_mesh_device", at);
    mesh_.reset();
    mesh_ = MeshDevice::create(context_, config);
}

void Session::open_device(int chip, const MeshDeviceConfig& config, CallSite at) {
    call("ttnn.open_device", at);
    mesh_.reset();
    mesh_ = MeshDevice::create_unit_mesh(context_, chip, config);
}

void Session::close() { mesh().close(); }

void Session::tear_down() {
    if (context_.has(Defect::fixture_forgets_close)) return;
    tensors_.clear();
    semaphores_.clear();
    close();
}

const Buffer& Session::allocate(const std::string& name, const BufferConfig& config, CallSite at) {
    call("ttnn.allocate_tensor_on_device", at);
    auto made = MeshBuffer::create(opened(), config);
    return (tensors_[name] = std::move(made))->backing();
}

void Session::create_semaphore(const std::string& name, const CoreRangeSet& cores, CallSite at) {
    call("ttnn.create_global_semaphore", at);
    semaphores_.insert_or_assign(name, GlobalSemaphore(opened(), cores));
}

void Session::free(const std::string& name) {
    tensors_.erase(name);
    semaphores_.erase(name);
}

// Who keeps a reference, in a list or a cache, keeps the memory.
void Session::let_go(const std::string& name) {
    if (context_.has(Defect::references_kept)) return;
    if (const auto trace = traces_.find(name); trace != traces_.end()) {
        mesh().release_trace(trace->second);
        traces_.erase(trace);
    }
    free(name);
}

void Session::run(const Operation& operation, CallSite at) {
    call(operation.name, at);
    launch(opened(), operation);
}

const Buffer& Session::compute(const std::string& name, const BufferConfig& config,
                               const Operation& operation, CallSite at) {
    call(operation.name, at);
    auto result = MeshBuffer::create(opened(), config);
    launch(opened(), operation);
    return (tensors_[name] = std::move(result))->backing();
}

void Session::clear_program_cache() { mesh().program_cache().clear(); }

void Session::capture_trace(const std::string& name, DeviceAddr size, CallSite at) {
    call("ttnn.begin_trace_capture", at);
    traces_[name] = mesh().begin_trace_capture();
    mesh().end_trace_capture(traces_[name], size);
}

void Session::release_trace(const std::string& name) { mesh().release_trace(traces_.at(name)); }

void Session::compile_executable(const std::string& name, const BufferConfig& constants,
                                 CallSite at) {
    call("compile", at);
    executables_[name] = MeshBuffer::create(opened(), constants);
}

void Session::drop_executables() {
    if (!context_.has(Defect::executable_pins_tensors)) executables_.clear();
}

void Session::end() {
    if (std::exchange(ended_, true)) return;
    context_.tell(&Inspector::exit_begins);
    mesh_.reset();
    tensors_.clear();
    executables_.clear();
    semaphores_.clear();
    context_.kept_semaphores.clear();
}

}  // namespace plimsoll::model
