#include "ledger/select.hpp"

#include <gtest/gtest.h>

namespace plimsoll::ledger {
namespace {

ProcessView process() {
    ProcessView view;
    view.devices.resize(2);
    view.devices[1].device = 1;
    view.devices[1].allocations = 3;
    for (std::uint64_t id = 1; id <= 3; ++id) {
        AllocationView row;
        row.id = id;
        row.kind = id == 3 ? Kind::circular_buffer : Kind::buffer;
        row.region = id == 1 ? Region::dram : Region::l1;
        row.owner = id == 3 ? Owner::program : Owner::user;
        row.devices = {1};
        if (id == 2) row.devices = {0, 1};
        view.held.push_back(row);
    }
    view.held_count = 5;  // two are only counted
    return view;
}

std::vector<std::uint64_t> ids(const Selection& selection) {
    std::vector<std::uint64_t> ids;
    const ProcessView selected = select(process(), selection);
    for (const AllocationView& row : selected.held) ids.push_back(row.id);
    EXPECT_EQ(selected.held_count, ids.size());
    return ids;
}

using Ids = std::vector<std::uint64_t>;

TEST(Select, NothingAskedChangesNothing) {
    const ProcessView all = select(process(), {});
    EXPECT_EQ(all.held.size(), 3u);
    EXPECT_EQ(all.held_count, 5u);
    EXPECT_EQ(all.devices.size(), 2u);
}

TEST(Select, EachConditionByItselfAndTogether) {
    Selection selection;
    selection.device = 0;
    EXPECT_EQ(ids(selection), Ids{2});
    EXPECT_EQ(select(process(), selection).devices.size(), 1u);
    selection = {};
    selection.region = Region::l1;
    EXPECT_EQ(ids(selection), (Ids{2, 3}));
    selection.kind = Kind::buffer;
    EXPECT_EQ(ids(selection), Ids{2});
    selection = {};
    selection.owner = Owner::program;
    EXPECT_EQ(ids(selection), Ids{3});
    selection = {};
    selection.after_id = 1;
    EXPECT_EQ(ids(selection), (Ids{2, 3}));
    selection.device = 7;
    EXPECT_EQ(ids(selection), Ids{});
    EXPECT_TRUE(select(process(), selection).devices.empty());
}

}  // namespace
}  // namespace plimsoll::ledger
