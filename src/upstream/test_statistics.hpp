#pragma once

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "upstream/statistics.hpp"

namespace plimsoll::upstream {

// For tests: such a file as the runtime writes it.
class TestFile {
  public:
    TestFile(std::uint32_t version, std::int32_t device) : bytes(kFileBytes) {
        put(0, version);
        put(8, std::uint64_t{1700000000000000000});
        put(32, std::uint64_t{4294967297});
        put(40, device);
    }

    // DRAM, L1, small L1, trace, circular buffers.
    void set_total(const std::vector<std::uint64_t>& held) { put_all(48, held); }
    void set_process(std::size_t slot, std::int32_t pid, const std::string& name,
                     const std::vector<std::uint64_t>& held) {
        const std::size_t begin = 856 + slot * 120;
        put(begin, pid);
        put_all(begin + 8, held);
        put(begin + 48, std::uint64_t{1700000001000000000});
        std::memcpy(bytes.data() + begin + 56, name.data(), name.size());
    }

    std::vector<std::byte> bytes;

  private:
    template <class T>
    void put(std::size_t offset, T value) {
        std::memcpy(bytes.data() + offset, &value, sizeof value);
    }
    void put_all(std::size_t offset, const std::vector<std::uint64_t>& values) {
        for (std::size_t i = 0; i < values.size(); ++i) put(offset + 8 * i, values[i]);
    }
};

}  // namespace plimsoll::upstream
