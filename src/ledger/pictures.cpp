#include "ledger/pictures.hpp"

#include <algorithm>

namespace plimsoll::ledger {
namespace {

Block block_of(const Footprint& footprint) {
    Block block;
    block.id = footprint.id.value;
    block.address = footprint.interval.begin;
    block.bytes_per_bank = footprint.interval.end - footprint.interval.begin;
    block.kind = footprint.kind;
    block.owner = footprint.owner;
    block.call_site = footprint.call_site;
    block.in_every_bank = footprint.cores.value == 0;
    return block;
}

void sort(std::vector<Block>& blocks) {
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
        return a.address != b.address ? a.address < b.address : a.id < b.id;
    });
}

std::size_t size_of(const Picture& picture) { return picture.blocks.size() + picture.own.size(); }

}  // namespace

void Pictures::make_room(std::size_t blocks) {
    while (!pictures_.empty() &&
           (pictures_.size() == kMost || blocks_ + blocks > kMostBlocksOfAll)) {
        const auto goes = static_cast<std::ptrdiff_t>(std::min(kFirst, pictures_.size() - 1));
        blocks_ -= size_of(pictures_[static_cast<std::size_t>(goes)]);
        pictures_.erase(pictures_.begin() + goes);
    }
}

std::set<std::uint32_t> Pictures::call_sites() const {
    std::set<std::uint32_t> all;
    for (const Picture& picture : pictures_) {
        for (const Block& block : picture.blocks) all.insert(block.call_site);
        for (const Block& block : picture.own) all.insert(block.call_site);
    }
    return all;
}

void Pictures::take(const Allocation& refused, const HeldTable& live, bool complete,
                    const std::optional<Mark>& mark) {
    Picture picture;
    picture.mark = mark;
    picture.refusal = refused.id.value;
    picture.coverage = complete ? Coverage::exact : Coverage::at_least;
    live.for_each([&](const Held& held) {
        const Footprint& footprint = held.footprint;
        if (footprint.set != refused.set || footprint.region != refused.region) return;
        // What shares its space, and what is an alias, is none of the allocator's.
        const bool of_program = shares_space(footprint.kind, footprint.region);
        const bool own =
            of_program && refused.program.value != 0 && footprint.program == refused.program;
        if ((of_program && !own) || footprint.bytes == 0) return;
        if (size_of(picture) == kMostBlocks) {
            picture.coverage = Coverage::at_least;
            return;
        }
        (own ? picture.own : picture.blocks).push_back(block_of(footprint));
    });
    sort(picture.blocks);
    sort(picture.own);
    make_room(size_of(picture));
    blocks_ += size_of(picture);
    pictures_.push_back(std::move(picture));
}

const Picture* Pictures::of(std::uint64_t refusal) const {
    const auto found =
        std::find_if(pictures_.begin(), pictures_.end(),
                     [refusal](const Picture& picture) { return picture.refusal == refusal; });
    return found == pictures_.end() ? nullptr : &*found;
}

}  // namespace plimsoll::ledger
