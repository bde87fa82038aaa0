#include "symbols/view_names.hpp"

#include <gtest/gtest.h>

namespace plimsoll::symbols {
namespace {

std::vector<std::string> told(const std::vector<std::string>& functions) {
    std::vector<ledger::Frame> inside;
    for (const std::string& function : functions) inside.push_back({"/lib.so", function, 0});
    std::vector<std::string> names;
    for (const ledger::Frame& frame : telling(inside)) names.push_back(frame.function);
    return names;
}

using Names = std::vector<std::string>;

TEST(TellingFunctions, AreThoseOfTheOp) {
    EXPECT_EQ(
        told({"tt::tt_metal::BufferImpl::create", "ttnn::create_device_tensor",
              "ttnn::Softmax::create_output_tensors", "ttnn::device_operation::detail::launch",
              "ttnn::softmax", "nanobind::detail::call"}),
        (Names{"ttnn::Softmax::create_output_tensors", "ttnn::softmax"}));
    EXPECT_EQ(told({"a", "b", "c", "d", "e"}), (Names{"a", "b", "c", "d"}));
}

TEST(TellingFunctions, AreElseTheOneThatTheProgramCalled) {
    EXPECT_EQ(told({"tt::tt_metal::BufferImpl::create", "tt::tt_metal::MeshBuffer::create",
                    "ttnn::create_device_tensor", "nanobind::detail::call"}),
              Names{"ttnn::create_device_tensor"});
}

TEST(TellingFunctions, AreAllOfThemWhereNoneSaysMore) {
    EXPECT_EQ(told({"", "std::invoke"}), (Names{"", "std::invoke"}));
    EXPECT_EQ(told({}), Names{});
}

ledger::CallSite called_through(const char* plumbing) {
    ledger::CallSite site;
    site.frames = {{"model.py", "forward", 7}};
    site.inside = {{"/lib.so", plumbing, 0}, {"/lib.so", "ttnn::add", 0}};
    return site;
}

TEST(NameFrames, FoldsWhatDiffersInPlumbingOnly) {
    ledger::ProcessView view;
    std::vector<ledger::PeakShare>& shares = view.devices.emplace_back().l1_per_core.at_peak;
    shares.resize(3);
    shares[0].call_site = called_through("ttnn::mul");
    shares[1].call_site = called_through("tt::first_time");
    shares[2].call_site = called_through("tt::from_cache");
    for (ledger::PeakShare& share : shares) share.count = share.bytes = 4;
    ledger::RefusalView& refusal = view.refusals.emplace_back();
    refusal.call_sites = {called_through("ttnn::mul"), called_through("tt::first_time"),
                          called_through("tt::from_cache")};
    refusal.blocks.resize(1);
    refusal.blocks[0].call_site = 2;
    refusal.own = refusal.blocks;
    Symboliser symboliser;
    name_frames(view, symboliser);

    ASSERT_EQ(shares.size(), 2u);
    EXPECT_EQ(shares[0].bytes, 8u);
    EXPECT_EQ(shares[0].count, 8u);
    EXPECT_EQ(refusal.blocks[0].call_site, 1u);
    EXPECT_EQ(refusal.own[0].call_site, 1u);
}

ledger::CallSite native_site() {
    ledger::CallSite site;
    site.frames = {{"/missing/program+0x12", "", 0}, {"model.py", "forward", 7}};
    site.inside = {{"/missing/a.so+0x1", "", 0}, {"", "ttnn::add", 0}};
    return site;
}

TEST(NameFrames, ReachesEverythingThatIsShown) {
    ledger::ProcessView view;
    view.held.emplace_back().call_site = native_site();
    view.held.back().program = ledger::Program{1, "", native_site()};
    view.ended.emplace_back().call_site = native_site();
    view.growths.emplace_back().call_site = native_site();
    view.refusals.emplace_back().refusal.call_site = native_site();
    view.refusals.back().call_sites = {native_site()};
    view.devices.emplace_back().l1_per_core.at_peak.emplace_back().call_site = native_site();
    view.devices.back().regions[0].at_peak.emplace_back().call_site = native_site();
    view.windows.emplace_back().devices.emplace_back().regions[1].at_peak.emplace_back().call_site =
        native_site();
    Symboliser symboliser;
    name_frames(view, symboliser);

    const std::vector<ledger::CallSite> named = {
        view.held[0].call_site,
        view.held[0].program->call_site,
        view.ended[0].call_site,
        view.growths[0].call_site,
        view.refusals[0].refusal.call_site,
        view.refusals[0].call_sites[0],
        view.devices[0].l1_per_core.at_peak[0].call_site,
        view.devices[0].regions[0].at_peak[0].call_site,
        view.windows[0].devices[0].regions[1].at_peak[0].call_site};
    for (const ledger::CallSite& site : named) {
        EXPECT_EQ(site.inside, (std::vector<ledger::Frame>{{"", "ttnn::add", 0}}));
        EXPECT_EQ(site.frames, native_site().frames);
    }
}

}  // namespace
}  // namespace plimsoll::symbols
