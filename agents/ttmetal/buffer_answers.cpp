#include "agents/ttmetal/buffer_answers.hpp"

#include "agents/ttmetal/peek.hpp"

namespace plimsoll::ttmetal {
namespace {

// Where releases before 0.80 keep the type, in bytes from the buffer. Not believed by itself: it
// must agree with is_dram() and is_l1(), which every release exports.
constexpr std::size_t kTypeOffset = 32;

template <class T>
T read(const Buffer* buffer, std::size_t offset) {
    return *reinterpret_cast<const T*>(reinterpret_cast<const char*>(buffer) + offset);
}

BufferType guess_type(const Buffer* buffer) {
    const auto guess = static_cast<BufferType>(read<std::uint32_t>(buffer, kTypeOffset));
    auto* const is_dram = runtime::buffer_is_dram.get();
    if (is_dram != nullptr && is_dram(buffer)) {
        return guess == BufferType::trace ? guess : BufferType::dram;
    }
    if (runtime::buffer_is_l1 && runtime::buffer_is_l1(buffer)) {
        return guess == BufferType::l1_small ? guess : BufferType::l1;
    }
    return BufferType::system;
}

std::uint64_t size_of_pages(const Buffer* buffer) {
    auto* const pages = runtime::buffer_num_pages.get();
    auto* const size = runtime::buffer_page_size.get();
    return pages == nullptr || size == nullptr ? 0 : pages(buffer) * size(buffer);
}

const Device* device_in_place(const Buffer* buffer) {
    return read<const Device*>(buffer, kDeviceInBuffer);
}

template <class Function>
Function* one_of(const Symbol<Function>& own, Function* substitute) {
    return own ? own.get() : substitute;
}

template <class Function>
const unsigned char* code_of(const Symbol<Function>& function,
                             unsigned char (&bytes)[BufferCode::kBytes]) {
    const bool is_there =
        function && peek(reinterpret_cast<const void*>(function.get()), bytes, sizeof bytes);
    return is_there ? bytes : nullptr;
}

constinit BufferAnswers answers{};

}  // namespace

const BufferAnswers& choose_answers() {
    const auto set = [](auto& to, auto value) { __atomic_store_n(&to, value, __ATOMIC_RELAXED); };
    set(answers.address, one_of(
                             runtime::buffer_address, +[](const Buffer*) { return 0u; }));
    set(answers.bytes, one_of(runtime::buffer_size, size_of_pages));
    set(answers.type, one_of(runtime::buffer_type, guess_type));
    set(answers.device, one_of(runtime::buffer_device, device_in_place));
    set(answers.allocator,
        one_of(
            runtime::buffer_allocator, +[](const Buffer*) -> const Allocator* { return nullptr; }));
    set(answers.bytes_per_bank, one_of(runtime::buffer_aligned_size_per_bank, answers.bytes));
    set(answers.bytes_of_page,
        one_of(
            runtime::buffer_page_size, +[](const Buffer*) -> std::uint64_t { return 0; }));
    set(answers.num_cores, one_of(
                               runtime::buffer_num_cores, +[](const Buffer*) {
                                   return OptionalCount{0, 1};
                               }));
    return answers;
}

bool find_layout(BufferLayout* layout) {
    unsigned char bytes[5][BufferCode::kBytes];
    const BufferCode code{.address = code_of(runtime::buffer_address, bytes[0]),
                          .num_pages = code_of(runtime::buffer_num_pages, bytes[1]),
                          .is_dram = code_of(runtime::buffer_is_dram, bytes[2]),
                          .num_cores = code_of(runtime::buffer_num_cores, bytes[3]),
                          .device = code_of(runtime::buffer_device, bytes[4])};
    return read_layout(code, layout);
}

}  // namespace plimsoll::ttmetal
