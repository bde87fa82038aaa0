#include "ledger/pictures.hpp"

#include <algorithm>

namespace plimsoll::ledger {
namespace {

Block block_of(std::uint64_t id, const Footprint& footprint) {
    Block block;
    block.id = id;
    block.address = footprint.interval.begin;
    block.bytes_per_bank = footprint.interval.end - footprint.interval.begin;
    block.kind = footprint.kind;
    block.owner = footprint.owner;
    block.call_site = footprint.call_site;
    return block;
}

void sort(std::vector<Block>& blocks) {
    std::sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
        return a.address != b.address ? a.address < b.address : a.id < b.id;
    });
}

}  // namespace

void Pictures::take(const Allocation& refused, const HeldById& live, bool complete) {
    if (pictures_.size() == kMost) return;
    Picture picture;
    picture.refusal = refused.id.value;
    picture.coverage = complete ? Coverage::exact : Coverage::at_least;
    for (const auto& [id, held] : live) {
        const Footprint& footprint = held.footprint;
        if (footprint.set != refused.set || footprint.region != refused.region) continue;
        // What shares its space, and what is an alias, is none of the allocator's.
        const bool of_program = shares_space(footprint.kind, footprint.region);
        const bool own =
            of_program && refused.program.value != 0 && footprint.program == refused.program;
        if ((of_program && !own) || footprint.bytes == 0) continue;
        if (blocks_ == kMostBlocks) {
            picture.coverage = Coverage::at_least;
            break;
        }
        ++blocks_;
        (own ? picture.own : picture.blocks).push_back(block_of(id, footprint));
        call_sites_.insert(footprint.call_site);
    }
    sort(picture.blocks);
    sort(picture.own);
    pictures_.push_back(std::move(picture));
}

const Picture* Pictures::of(std::uint64_t refusal) const {
    const auto found =
        std::find_if(pictures_.begin(), pictures_.end(),
                     [refusal](const Picture& picture) { return picture.refusal == refusal; });
    return found == pictures_.end() ? nullptr : &*found;
}

}  // namespace plimsoll::ledger
