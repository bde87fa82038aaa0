#pragma once

#include <cstddef>
#include <utility>

#include "base/result.hpp"
#include "base/unique_fd.hpp"
#include "segment/layout.hpp"

namespace plimsoll::segment {

// A mapped stretch of memory, unmapped when it goes. Move-only.
class Mapping {
  public:
    Mapping() = default;
    Mapping(std::byte* start, std::size_t bytes) : start_(start), bytes_(bytes) {}
    Mapping(Mapping&& other) noexcept
        : start_(std::exchange(other.start_, nullptr)), bytes_(std::exchange(other.bytes_, 0)) {}
    Mapping& operator=(Mapping&& other) noexcept;
    ~Mapping();

    [[nodiscard]] std::byte* start() const { return start_; }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    // Gives the memory away; the caller unmaps it, or never.
    std::byte* release() { return std::exchange(start_, nullptr); }

  private:
    std::byte* start_ = nullptr;
    std::size_t bytes_ = 0;
};

struct NewSegment {
    UniqueFd fd;
    Mapping mapping;
};

// A zeroed memfd of that size, mapped for writing and sealed: nobody can resize it, and (where the
// kernel can) nobody can map it for writing again. Allocates nothing. Error: errno in `number`.
Result<NewSegment> create(std::size_t bytes);

// Maps another process's segment for reading. Refuses what is not sealed against resizing (its
// writer could end this process with SIGBUS) and sizes no geometry has. `number`: errno or size.
Result<Mapping> open(int fd);

}  // namespace plimsoll::segment
