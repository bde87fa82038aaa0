#include "agents/ttmetal/capabilities.hpp"

#include "agents/ttmetal/runtime.hpp"
#include "agents/ttmetal/seam_names.hpp"

namespace plimsoll::ttmetal {

Capabilities capabilities() {
    static const Capability all[] = {
        {.what = "allocations and frees of buffers",
         .ways = {{{PLIMSOLL_TRACK_ALLOCATE, PLIMSOLL_TRACK_DEALLOCATE}, {}}},
         .without = "buffers are not seen"},
        {.what = "the address of a buffer",
         .ways = {{{}, {runtime::buffer_address.name()}}},
         .without = "buffers are not seen"},
        {.what = "size, region and device of a buffer",
         .ways = {{{},
                   {runtime::buffer_size.name(), runtime::buffer_type.name(),
                    runtime::buffer_device.name()}},
                  {{},
                   {runtime::buffer_num_pages.name(), runtime::buffer_page_size.name(),
                    runtime::buffer_is_dram.name(), runtime::buffer_is_l1.name()}}},
         .without = "sizes, regions and devices of buffers are not known"},
        {.what = "what a buffer takes in each bank",
         .ways = {{{},
                   {runtime::buffer_aligned_size_per_bank.name(), runtime::buffer_num_cores.name(),
                    runtime::buffer_page_size.name(), runtime::buffer_allocator.name()}}},
         .without = "what buffers take in each bank is not known"},
        {.what = "who kept a buffer beyond its device",
         .ways = {{{PLIMSOLL_DESTROY_BUFFER, PLIMSOLL_DESTROY_MESH}, {}}},
         .without = "who kept a buffer beyond its device is not known"},

        {.what = "circular buffers",
         .ways = {{{PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS, PLIMSOLL_TRACK_ALLOCATE_CB}, {}}},
         .without = "circular buffers are not seen"},
        {.what = "reported frees of circular buffers",
         .ways = {{{PLIMSOLL_TRACK_DEALLOCATE_CB, PLIMSOLL_DESTROY_PROGRAM},
                   {runtime::deallocate_circular_buffers.name()}}},
         .without = "frees of circular buffers that the runtime reports are not seen",
         .only_with = runtime::deallocate_circular_buffers.name(),
         .not_needed = "frees of circular buffers are not reported by this release: Plimsoll "
                       "retires them when their program is destroyed"},
        {.what = "dataflow buffers",
         .ways = {{{PLIMSOLL_ADD_DATAFLOW_BUFFER, PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS},
                   {runtime::program_dataflow_buffers.name()}}},
         .without = "dataflow buffers are not seen",
         .only_with = PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS,
         .not_needed = "this release has no dataflow buffers"},
        {.what = "dataflow buffers that borrow memory",
         .ways = {{{}, {runtime::mesh_lowest_l1_address.name()}}},
         .without = "dataflow buffers that lie in a tensor's memory are counted beside it",
         .only_with = PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS,
         .not_needed = "this release has no dataflow buffers"},

        {.what = "the end of programs",
         .ways = {{{PLIMSOLL_PROGRAM_DESTROYED}, {}}},
         .without = "the memory of a program seems to stay when the program is gone"},
        {.what = "names of programs",
         .ways = {{{},
                   {runtime::program_id.name(), runtime::program_num_kernels.name(),
                    runtime::program_kernel.name(), runtime::kernel_name.name()}}},
         .without = "programs have no name"},

        {.what = "devices and meshes",
         .ways = {{{},
                   {runtime::chip_vtable.name(), runtime::mesh_vtable.name(),
                    runtime::mesh_id.name(), runtime::mesh_device_ids.name()}}},
         .without = "which device holds what is not known"},
        {.what = "the opening of devices",
         .ways = {{{PLIMSOLL_MESH_INITIALIZED, PLIMSOLL_DEVICE_INITIALIZE},
                   {runtime::mesh_chips.name()}}},
         .without = "a device is known from its first allocation on only"},
        {.what = "the close of devices",
         .ways = {{{PLIMSOLL_MESH_CLOSE_IMPL, PLIMSOLL_DEVICE_CLOSE}, {}}},
         .without = "what outlives its device is not found"},
        {.what = "who closes a mesh",
         .ways = {{{PLIMSOLL_MESH_CLOSE}, {}}},
         .without = "a mesh that an exit handler closes seems to have been left open"},
        {.what = "architectures",
         .ways = {{{}, {runtime::chip_arch.name()}}},
         .without = "devices have no architecture"},
        {.what = "capacities",
         .ways = {{{},
                   {runtime::mesh_allocator.name(), runtime::chip_allocator.name(),
                    runtime::allocator_alignment.name(), runtime::allocator_banks.name(),
                    runtime::allocator_statistics.name()}}},
         .without = "capacities and occupied bytes are not known"},

        {.what = "--verify",
         .ways = {{{PLIMSOLL_BUFFER_ALLOCATE, PLIMSOLL_BUFFER_DEALLOCATE}, {}},
                  {{PLIMSOLL_BUFFER_IMPL_ALLOCATE, PLIMSOLL_BUFFER_IMPL_DEALLOCATE}, {}}},
         .without = "--verify compares nothing"},
    };
    return {all, sizeof all / sizeof all[0]};
}

}  // namespace plimsoll::ttmetal
