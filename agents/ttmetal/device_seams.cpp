#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/attach.hpp"
#include "agents/ttmetal/devices.hpp"
#include "agents/ttmetal/mesh_destruction.hpp"
#include "agents/ttmetal/seam.hpp"
#include "agents/ttmetal/seam_names.hpp"

// Where chips and meshes open and close. The chips of a mesh are all initialized before the runtime
// tells its inspector that the mesh is. What is still allocated gets no free event any more once
// its mesh closes, so it must be judged before the runtime's own close runs. One closing reaches
// the same mesh several times (from its close(), from its destructor, from its parent), and its
// chips within that; only the first time finds it in the table.
namespace plimsoll::ttmetal {
namespace {

constinit Next<bool(Device*, std::uint8_t, std::size_t, std::size_t, std::size_t, Span, bool)>
    real_initialize{PLIMSOLL_DEVICE_INITIALIZE};
constinit Next<void(const MeshImpl*)> real_mesh_initialized{PLIMSOLL_MESH_INITIALIZED};
constinit Next<bool(Device*)> real_close_chip{PLIMSOLL_DEVICE_CLOSE};
constinit Next<bool(Device*)> real_close_mesh{PLIMSOLL_MESH_CLOSE};
constinit Next<bool(MeshImpl*, Device*)> real_close_impl{PLIMSOLL_MESH_CLOSE_IMPL};
constinit Next<void(Device*)> real_destroy_mesh{PLIMSOLL_DESTROY_MESH};

// The mesh whose close() the program itself called last on this thread, when it did so in its exit
// handlers: that one was not left open.
constinit thread_local const Device* closed_in_exit_handler = nullptr;

plimsoll_close_manner manner_of_mesh(const Device* mesh) {
    return process_is_ending() && mesh != closed_in_exit_handler ? PLIMSOLL_CLOSED_AT_EXIT
                                                                 : PLIMSOLL_CLOSED;
}

// Its mesh closed before it, in the manner of both.
plimsoll_close_manner manner_of_chip() {
    return process_is_ending() && closed_in_exit_handler == nullptr ? PLIMSOLL_CLOSED_AT_EXIT
                                                                    : PLIMSOLL_CLOSED;
}

}  // namespace

PLIMSOLL_SEAM bool initialize_chip(Device* chip, std::uint8_t queues, std::size_t l1_small,
                                   std::size_t trace_region, std::size_t worker_l1,
                                   Span l1_bank_remap,
                                   bool minimal) __asm__(PLIMSOLL_DEVICE_INITIALIZE);
// A static function of a class: it has no `this`.
PLIMSOLL_SEAM void mesh_initialized(const MeshImpl* impl) __asm__(PLIMSOLL_MESH_INITIALIZED);
PLIMSOLL_SEAM bool close_chip(Device* chip) __asm__(PLIMSOLL_DEVICE_CLOSE);
PLIMSOLL_SEAM bool close_mesh(Device* mesh) __asm__(PLIMSOLL_MESH_CLOSE);
PLIMSOLL_SEAM bool close_mesh_impl(MeshImpl* impl, Device* mesh) __asm__(PLIMSOLL_MESH_CLOSE_IMPL);
PLIMSOLL_SEAM void destroy_mesh(Device* mesh) __asm__(PLIMSOLL_DESTROY_MESH);

bool initialize_chip(Device* chip, std::uint8_t queues, std::size_t l1_small,
                     std::size_t trace_region, std::size_t worker_l1, Span l1_bank_remap,
                     bool minimal) {
    if (!real_initialize) return false;
    forget_device(chip);
    return real_initialize(chip, queues, l1_small, trace_region, worker_l1, l1_bank_remap, minimal);
}

void mesh_initialized(const MeshImpl* impl) {
    if (plimsoll_client* to = client()) open_chips(to, impl);
    if (real_mesh_initialized) real_mesh_initialized(impl);
}

bool close_chip(Device* chip) {
    if (!real_close_chip) return false;
    if (plimsoll_client* to = client()) close_device(to, chip, manner_of_chip());
    return real_close_chip(chip);
}

bool close_mesh(Device* mesh) {
    if (!real_close_mesh) return false;
    closed_in_exit_handler = process_is_ending() ? mesh : nullptr;
    return real_close_mesh(mesh);
}

bool close_mesh_impl(MeshImpl* impl, Device* mesh) {
    if (!real_close_impl) return false;
    if (plimsoll_client* to = client()) close_device(to, mesh, manner_of_mesh(mesh));
    return real_close_impl(impl, mesh);
}

void destroy_mesh(Device* mesh) {
    if (!real_destroy_mesh) return;
    ++mesh_destructions;
    real_destroy_mesh(mesh);
    --mesh_destructions;
}

}  // namespace plimsoll::ttmetal
