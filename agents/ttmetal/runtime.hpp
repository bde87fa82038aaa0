#pragma once

#include <cstddef>
#include <cstdint>

#include "agents/ttmetal/symbol.hpp"

// The runtime as the agent sees it: opaque classes, and the functions it may ask. A name is in
// this list only when its signature is the same in every release that has it; a value that is
// returned through memory is written as the hidden first argument that the C++ ABI makes of it.
namespace plimsoll::ttmetal {

struct Allocator;
struct Buffer;
struct BufferImpl;
struct CommandQueue;
struct GraphTracker;
struct Kernel;
struct MeshImpl;
struct ProgramImpl;
struct Workload;  // MeshWorkloadImpl
struct Device;    // any IDevice: a chip or a mesh

// A Program begins with the pointer that owns its ProgramImpl.
struct ProgramObject {
    const ProgramImpl* impl;
};

enum class BufferType : std::uint32_t { dram = 0, l1 = 1, system = 2, l1_small = 3, trace = 4 };

enum class MemoryType : std::uint8_t { l1 = 0, dram = 1 };

// A CoreRangeSet begins with a std::vector of these: inclusive corners.
struct CoreRange {
    std::uint64_t x0, y0, x1, y1;
};

// std::vector, and whatever begins with one.
template <class T>
struct Vector {
    const T* first;
    const T* last;
    const T* end_of_storage;

    [[nodiscard]] std::size_t size() const { return static_cast<std::size_t>(last - first); }
    [[nodiscard]] const T* begin() const { return first; }
    [[nodiscard]] const T* end() const { return last; }
};
using CoreRangeSet = Vector<CoreRange>;

// std::span, passed by value
struct Span {
    const void* first;
    std::size_t size;
};

// Allocator::get_statistics(): four figures per bank; later releases add a vector, which `rest`
// receives. Room enough for more.
struct Statistics {
    std::uint64_t allocatable, allocated, free, largest_free;
    Vector<std::uint32_t> largest_free_addresses;
    std::uint64_t rest[57];
};

// std::optional<std::uint64_t>, which is returned in two registers.
struct OptionalAddress {
    std::uint64_t value;
    std::uint8_t has_value;
};

// std::optional<std::uint32_t>, in one.
struct OptionalCount {
    std::uint32_t value;
    std::uint8_t has_value;
};

struct SharedPointer {
    void* object;
    void* control;
};

// std::string
struct String {
    char* bytes;
    std::size_t length;
    char local[16];
};

namespace runtime {

// ---- buffers: the first six in every release, the others from the release named
inline constinit Symbol<std::uint32_t(const Buffer*)> buffer_address{
    "_ZNK2tt8tt_metal6Buffer7addressEv"};
inline constinit Symbol<std::uint64_t(const Buffer*)> buffer_aligned_size_per_bank{
    "_ZNK2tt8tt_metal6Buffer21aligned_size_per_bankEv"};
inline constinit Symbol<std::uint64_t(const Buffer*)> buffer_page_size{
    "_ZNK2tt8tt_metal6Buffer9page_sizeEv"};
inline constinit Symbol<bool(const Buffer*)> buffer_is_dram{"_ZNK2tt8tt_metal6Buffer7is_dramEv"};
inline constinit Symbol<bool(const Buffer*)> buffer_is_l1{"_ZNK2tt8tt_metal6Buffer5is_l1Ev"};
inline constinit Symbol<std::uint64_t(const Buffer*)> buffer_num_pages{
    "_ZNK2tt8tt_metal6Buffer9num_pagesEv"};
inline constinit Symbol<OptionalCount(const Buffer*)> buffer_num_cores{
    "_ZNK2tt8tt_metal6Buffer9num_coresEv"};
inline constinit Symbol<const Allocator*(const Buffer*)> buffer_allocator{
    // 0.66
    "_ZNK2tt8tt_metal6Buffer9allocatorEv"};
inline constinit Symbol<std::uint64_t(const Buffer*)> buffer_size{// 0.80, and those below
                                                                  "_ZNK2tt8tt_metal6Buffer4sizeEv"};
inline constinit Symbol<BufferType(const Buffer*)> buffer_type{
    "_ZNK2tt8tt_metal6Buffer11buffer_typeEv"};
inline constinit Symbol<const Device*(const Buffer*)> buffer_device{
    "_ZNK2tt8tt_metal6Buffer6deviceEv"};

// ---- devices. Device::id() is exported nowhere; see device_identity.cpp.
inline constinit Symbol<void* const> chip_vtable{"_ZTVN2tt8tt_metal6DeviceE"};
inline constinit Symbol<void* const> mesh_vtable{"_ZTVN2tt8tt_metal11distributed10MeshDeviceE"};
inline constinit Symbol<int(const Device*)> mesh_id{
    "_ZNK2tt8tt_metal11distributed10MeshDevice2idEv"};
inline constinit Symbol<void(Vector<int>*, const Device*)> mesh_device_ids{
    "_ZNK2tt8tt_metal11distributed10MeshDevice14get_device_idsEv"};
inline constinit Symbol<void(Vector<const Device*>*, const MeshImpl*)> mesh_chips{
    "_ZNK2tt8tt_metal11distributed14MeshDeviceImpl11get_devicesEv"};
inline constinit Symbol<const Allocator* const&(const Device*)> mesh_allocator{
    "_ZNK2tt8tt_metal11distributed10MeshDevice9allocatorEv"};
inline constinit Symbol<const Allocator* const&(const Device*)> chip_allocator{
    "_ZNK2tt8tt_metal6Device9allocatorEv"};
inline constinit Symbol<std::uint32_t(const Device*)> chip_arch{"_ZNK2tt8tt_metal6Device4archEv"};
inline constinit Symbol<OptionalAddress(const Device*)> mesh_lowest_l1_address{
    "_ZNK2tt8tt_metal11distributed10MeshDevice34lowest_occupied_compute_l1_addressEv"};

// ---- allocators
inline constinit Symbol<std::uint32_t(const Allocator*, BufferType)> allocator_alignment{
    "_ZNK2tt8tt_metal9Allocator13get_alignmentENS0_10BufferTypeE"};
inline constinit Symbol<std::uint32_t(const Allocator*, const BufferType&)> allocator_banks{
    "_ZNK2tt8tt_metal9Allocator13get_num_banksERKNS0_10BufferTypeE"};
inline constinit Symbol<void(Statistics*, const Allocator*, const BufferType&)>
    allocator_statistics{"_ZNK2tt8tt_metal9Allocator14get_statisticsERKNS0_10BufferTypeE"};

inline constinit Symbol<std::uint32_t(const Allocator*, const MemoryType&)> allocator_base{
    "_ZNK2tt8tt_metal9Allocator23get_base_allocator_addrERKNS0_10HalMemTypeE"};

// ---- programs
inline constinit Symbol<std::uint64_t(const ProgramImpl*)> program_id{
    "_ZNK2tt8tt_metal6detail11ProgramImpl6get_idEv"};
inline constinit Symbol<std::size_t(const ProgramImpl*)> program_num_kernels{
    "_ZNK2tt8tt_metal6detail11ProgramImpl11num_kernelsEv"};
inline constinit Symbol<void(SharedPointer*, const ProgramImpl*, std::uint32_t)> program_kernel{
    "_ZNK2tt8tt_metal6detail11ProgramImpl10get_kernelEj"};
inline constinit Symbol<void(String*, const Kernel*)> kernel_name{
    "_ZNK2tt8tt_metal6Kernel4nameB5cxx11Ev"};
inline constinit Symbol<const Vector<SharedPointer>&(const ProgramImpl*)> program_dataflow_buffers{
    "_ZNK2tt8tt_metal6detail11ProgramImpl16dataflow_buffersEv"};
// From 0.70.1 a program reports its circular buffers' release, chip by chip. Never called here.
inline constinit Symbol<void(ProgramImpl*)> deallocate_circular_buffers{
    "_ZN2tt8tt_metal6detail11ProgramImpl27deallocate_circular_buffersEv"};

// What the runtime allocated for a value it returned is given back to the runtime's own C++
// library, as the caller it was made for would do.
void give_back(void* memory);
void give_back(const String& text);
void give_back(const SharedPointer& pointer);

}  // namespace runtime
}  // namespace plimsoll::ttmetal
