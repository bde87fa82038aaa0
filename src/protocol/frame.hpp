#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plimsoll::protocol {

// A frame is the length of its text, 4 bytes, little-endian, and the text. It may begin and end
// anywhere in the messages that carry it.
std::string framed(std::string_view text);

// Takes frames out of a stream of bytes.
//
// Memory: at most one frame of the longest length, and what was put in last.
class FrameReader {
  public:
    explicit FrameReader(std::size_t longest) : longest_(longest) {}

    void put(std::string_view bytes) { bytes_.append(bytes); }
    // The next whole frame; nothing when more bytes are needed or the stream is broken.
    std::optional<std::string> next();
    // A length was empty or beyond the longest: nothing that follows can be understood.
    [[nodiscard]] bool is_broken() const { return broken_; }

  private:
    std::size_t longest_;
    std::string bytes_;
    bool broken_ = false;
};

}  // namespace plimsoll::protocol
