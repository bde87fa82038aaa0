#include "symbols/place_reader.hpp"

#include <charconv>
#include <string_view>

namespace plimsoll::symbols {
namespace {

constexpr std::size_t kMostFiles = 64;

struct Place {
    std::string path;
    std::uint64_t address = 0;
};

std::optional<Place> parsed(const std::string& text) {
    constexpr std::string_view kMark = "+0x";
    const std::size_t mark = text.rfind(kMark);
    if (mark == std::string::npos || text.front() != '/') return std::nullopt;
    const std::string_view digits = std::string_view(text).substr(mark + kMark.size());
    Place place{text.substr(0, mark), 0};
    const char* end = digits.data() + digits.size();
    const auto [read, error] = std::from_chars(digits.data(), end, place.address, 16);
    if (error != std::errc{} || read != end) return std::nullopt;
    return place;
}

}  // namespace

bool is_place(const ledger::Frame& frame) {
    return frame.line == 0 && frame.function.empty() && parsed(frame.file).has_value();
}

const std::optional<ElfFile>* PlaceReader::file_at(const std::string& path) {
    const auto known = files_.find(path);
    if (known != files_.end()) return &known->second;
    if (files_.size() == kMostFiles) return nullptr;
    return &files_.emplace(path, ElfFile::open(path)).first->second;
}

ledger::Frame PlaceReader::named(const std::string& text) {
    const std::optional<Place> place = parsed(text);
    const std::optional<ElfFile>* file = place ? file_at(place->path) : nullptr;
    if (file == nullptr || !file->has_value()) return {text, "", 0};
    const std::optional<SourceLine> source = (*file)->at(place->address);
    if (!source) return {text, "", 0};
    // Without a line it stays a place in that file, of which the function is known.
    return {source->file.empty() ? place->path : source->file, source->function, source->line};
}

}  // namespace plimsoll::symbols
