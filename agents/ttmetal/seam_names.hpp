#pragma once

// The functions of the runtime that the agent stands in front of, by their mangled names: the C++
// names of the runtime are stable over many releases, the layouts of its classes are not. A
// release that lacks one never calls it. exports.map lists the same names.

// Buffers (every release)
#define PLIMSOLL_TRACK_ALLOCATE "_ZN2tt8tt_metal12GraphTracker14track_allocateEPKNS0_6BufferE"
#define PLIMSOLL_TRACK_DEALLOCATE "_ZN2tt8tt_metal12GraphTracker16track_deallocateEPNS0_6BufferE"
#define PLIMSOLL_DESTROY_BUFFER "_ZN2tt8tt_metal6BufferD1Ev"
// The brackets around both, for what is refused inside and for the comparison with the allocator:
// to 0.78, from 0.80
#define PLIMSOLL_BUFFER_ALLOCATE "_ZN2tt8tt_metal6Buffer13allocate_implEv"
#define PLIMSOLL_BUFFER_DEALLOCATE "_ZN2tt8tt_metal6Buffer15deallocate_implEv"
#define PLIMSOLL_BUFFER_IMPL_ALLOCATE "_ZN2tt8tt_metal10BufferImpl13allocate_implERNS0_6BufferE"
#define PLIMSOLL_BUFFER_IMPL_DEALLOCATE "_ZN2tt8tt_metal10BufferImpl15deallocate_implERNS0_6BufferE"

// Circular buffers; releases are reported from 0.70.1 only
#define PLIMSOLL_ALLOCATE_CIRCULAR_BUFFERS \
    "_ZN2tt8tt_metal6detail11ProgramImpl25allocate_circular_buffersEPKNS0_7IDeviceE"
#define PLIMSOLL_VALIDATE_CIRCULAR_BUFFERS \
    "_ZN2tt8tt_metal6detail11ProgramImpl31validate_circular_buffer_regionEPKNS0_7IDeviceE"
#define PLIMSOLL_TRACK_ALLOCATE_CB \
    "_ZN2tt8tt_metal12GraphTracker17track_allocate_cbERKNS0_12CoreRangeSetEmmbPKNS0_7IDeviceE"
#define PLIMSOLL_TRACK_DEALLOCATE_CB \
    "_ZN2tt8tt_metal12GraphTracker19track_deallocate_cbEPKNS0_7IDeviceE"

// Dataflow buffers (from 0.67.4, in use from 0.77); what validates their region is called when they
// are laid out
#define PLIMSOLL_ADD_DATAFLOW_BUFFER                                                         \
    "_ZN2tt8tt_metal6detail11ProgramImpl19add_dataflow_bufferERKNS0_12CoreRangeSetERKNS0_12" \
    "experimental3dfb20DataflowBufferConfigE"
#define PLIMSOLL_VALIDATE_DATAFLOW_BUFFERS \
    "_ZN2tt8tt_metal6detail11ProgramImpl31validate_dataflow_buffer_regionEPKNS0_7IDeviceE"

// Global semaphores: 0.66, to 0.73, from 0.75
#define PLIMSOLL_SETUP_SEMAPHORE "_ZN2tt8tt_metal15GlobalSemaphore12setup_bufferEjNS0_10BufferTypeE"
#define PLIMSOLL_SETUP_SEMAPHORE_AT \
    "_ZN2tt8tt_metal15GlobalSemaphore12setup_bufferESt8optionalIjENS0_10BufferTypeES2_ImE"
#define PLIMSOLL_SETUP_SEMAPHORE_IMPL \
    "_ZN2tt8tt_metal19GlobalSemaphoreImpl12setup_bufferESt8optionalIjENS0_10BufferTypeES2_ImE"

// Programs. The destructor calls program_destroyed when it has reported what it reports, whether
// the inspector is on or off
#define PLIMSOLL_DESTROY_PROGRAM "_ZN2tt8tt_metal6detail11ProgramImplD1Ev"
#define PLIMSOLL_PROGRAM_DESTROYED \
    "_ZN2tt8tt_metal9Inspector17program_destroyedEPKNS0_6detail11ProgramImplE"

// Runs of programs
#define PLIMSOLL_TRACK_PROGRAM \
    "_ZN2tt8tt_metal12GraphTracker13track_programEPNS0_7ProgramEPKNS0_7IDeviceE"
#define PLIMSOLL_COMPILE_WORKLOAD \
    "_ZN2tt8tt_metal11distributed16MeshWorkloadImpl7compileEPNS1_10MeshDeviceE"
#define PLIMSOLL_LOAD_BINARIES \
    "_ZN2tt8tt_metal11distributed16MeshWorkloadImpl13load_binariesERNS1_16MeshCommandQueueE"

// Devices; a mesh closes through close_impl (from 0.66), whoever closes it
#define PLIMSOLL_DEVICE_INITIALIZE \
    "_ZN2tt8tt_metal6Device10initializeEhmmmSt4spanIKjLm18446744073709551615EEb"
#define PLIMSOLL_MESH_INITIALIZED \
    "_ZN2tt8tt_metal9Inspector23mesh_device_initializedEPKNS0_11distributed14MeshDeviceImplE"
#define PLIMSOLL_DEVICE_CLOSE "_ZN2tt8tt_metal6Device5closeEv"
#define PLIMSOLL_MESH_CLOSE "_ZN2tt8tt_metal11distributed10MeshDevice5closeEv"
#define PLIMSOLL_DESTROY_MESH "_ZN2tt8tt_metal11distributed10MeshDeviceD1Ev"
#define PLIMSOLL_MESH_CLOSE_IMPL \
    "_ZN2tt8tt_metal11distributed14MeshDeviceImpl10close_implEPNS1_10MeshDeviceE"
