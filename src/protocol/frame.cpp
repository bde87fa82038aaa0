#include "protocol/frame.hpp"

namespace plimsoll::protocol {
namespace {

constexpr std::size_t kHead = 4;

std::size_t length_of(std::string_view bytes) {
    std::size_t length = 0;
    for (std::size_t i = 0; i < kHead; ++i) {
        length |= std::size_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
    }
    return length;
}

}  // namespace

std::string framed(std::string_view text) {
    std::string frame;
    frame.reserve(kHead + text.size());
    for (std::size_t i = 0; i < kHead; ++i) {
        frame.push_back(static_cast<char>(text.size() >> (8 * i)));
    }
    frame.append(text);
    return frame;
}

std::optional<std::string> FrameReader::next() {
    if (broken_ || bytes_.size() < kHead) return std::nullopt;
    const std::size_t length = length_of(bytes_);
    if (length == 0 || length > longest_) {
        broken_ = true;
        bytes_.clear();
        return std::nullopt;
    }
    if (bytes_.size() - kHead < length) return std::nullopt;
    std::string text = bytes_.substr(kHead, length);
    bytes_.erase(0, kHead + length);
    return text;
}

}  // namespace plimsoll::protocol
