#pragma once

#include <type_traits>

#include "segment/layout.hpp"

namespace plimsoll::segment {

// Typed starts of the sections of a mapped segment; Byte is std::byte for the writer and
// const std::byte for readers. Borrowed from the mapping.
template <class Byte>
class Sections {
    template <class T>
    using Of = std::conditional_t<std::is_const_v<Byte>, const T, T>;

  public:
    Sections() = default;
    Sections(Byte* start, const Geometry& geometry) : start_(start), geometry_(geometry) {}

    [[nodiscard]] Of<Header>& header() const { return *at<Header>(0); }
    [[nodiscard]] Of<Device>* devices() const { return at<Device>(geometry_.devices); }
    [[nodiscard]] Of<DeviceSet>* sets() const { return at<DeviceSet>(geometry_.sets); }
    [[nodiscard]] Of<Program>* programs() const { return at<Program>(geometry_.programs); }
    [[nodiscard]] Of<CallSite>* call_sites() const { return at<CallSite>(geometry_.call_sites); }
    [[nodiscard]] Of<Cell>* cells() const { return at<Cell>(geometry_.cells); }
    [[nodiscard]] Of<Ended>* ended(std::uint32_t ending) const {
        return at<Ended>(geometry_.ended) + std::size_t{ending} * kMaxEnded;
    }
    [[nodiscard]] Of<Refusal>* refusals() const { return at<Refusal>(geometry_.refusals); }
    [[nodiscard]] Of<Slot>* live() const { return at<Slot>(geometry_.live); }
    [[nodiscard]] Byte* text() const { return start_ + geometry_.text; }
    [[nodiscard]] Of<RingHeader>& ring(std::uint32_t index) const {
        return *at<RingHeader>(geometry_.rings + index * geometry_.ring_stride);
    }
    [[nodiscard]] Of<Event>* events(std::uint32_t index) const {
        return at<Event>(geometry_.rings + index * geometry_.ring_stride + sizeof(RingHeader));
    }
    [[nodiscard]] const Geometry& geometry() const { return geometry_; }

  private:
    template <class T>
    Of<T>* at(std::size_t offset) const {
        return reinterpret_cast<Of<T>*>(start_ + offset);
    }

    Byte* start_ = nullptr;
    Geometry geometry_{};
};

}  // namespace plimsoll::segment
