#include "ledger/refusal_view.hpp"

#include <algorithm>
#include <map>

namespace plimsoll::ledger {
namespace {

// Blocks name their places in the view's own list.
void add_picture(RefusalView& view, const Look& look, const Picture& picture) {
    std::map<std::uint32_t, std::uint32_t> numbers;
    const auto numbered = [&](const std::vector<Block>& blocks) {
        std::vector<Block> copy = blocks;
        for (Block& block : copy) {
            const auto next = static_cast<std::uint32_t>(view.call_sites.size());
            const auto [at, is_new] = numbers.emplace(block.call_site, next);
            if (is_new) {
                const auto named = look.call_sites.find(block.call_site);
                view.call_sites.push_back(named == look.call_sites.end() ? CallSite{}
                                                                         : named->second);
            }
            block.call_site = at->second;
        }
        return copy;
    };
    view.blocks = numbered(picture.blocks);
    view.own = numbered(picture.own);
    view.picture = picture.coverage;
    view.mark = picture.mark;
}

}  // namespace

RefusalView refusal_view(const Tables& tables, const Look& look, const Refusal& refusal,
                         const Picture* picture) {
    RefusalView view;
    view.refusal = refusal;
    if (refusal.set.value < tables.sets.size()) {
        const DeviceSet& set = tables.sets[refusal.set.value];
        view.mesh = set.mesh;
        for (const std::uint32_t device : set.devices) {
            view.devices.push_back(tables.devices[device].device);
        }
        std::sort(view.devices.begin(), view.devices.end());
        if (!set.devices.empty()) view.regions = tables.devices[set.devices.front()].regions;
    }
    if (picture != nullptr) add_picture(view, look, *picture);
    return view;
}

}  // namespace plimsoll::ledger
