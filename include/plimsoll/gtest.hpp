// GoogleTest: each test is judged by the device memory that it leaves.
//
//   int main(int argc, char** argv) {
//       testing::InitGoogleTest(&argc, argv);
//       plimsoll::GTestListener::append();
//       return RUN_ALL_TESTS();
//   }
//
// A test fails when a user's allocation that was made since its beginning (its fixture's SetUp
// included) is there after its end (its TearDown included), or outlived a device that was closed in
// between. What SetUpTestSuite makes is the suite's, what environments make is the program's: these
// are judged when they are torn down, and no test is blamed for them. What belongs to the runtime
// or to its programs, such as their circular buffers, is not judged.
//
// Header only, C++17; link with plimsoll::reader, with GoogleTest 1.11 or newer, and have
// nlohmann_json 3.10 or newer on the include path. The process has to be watched: run it under
// plimsoll run, or have it report itself with plimsoll/client.h. Where it is not, tests are not
// judged, and one line at the end says so.
// Threads: GoogleTest calls a listener from the thread that runs the tests.
#ifndef PLIMSOLL_GTEST_HPP
#define PLIMSOLL_GTEST_HPP

#include <gtest/gtest.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "plimsoll/reader.h"

namespace plimsoll {

// The most that any device may hold of a region during one test, in occupied bytes.
struct MemoryLimit {
    plimsoll_region region;
    std::uint64_t bytes;
};

// Called in a test: what this one leaves is not judged. The reason is in the XML of the test.
inline void leaves_memory(const std::string& why) {
    testing::Test::RecordProperty("plimsoll_leaves_memory", why);
}

class GTestListener : public testing::EmptyTestEventListener {
  public:
    explicit GTestListener(std::vector<MemoryLimit> limits = {}) : limits_(std::move(limits)) {}

    // GoogleTest owns it from here on.
    static void append(std::vector<MemoryLimit> limits = {}) {
        testing::UnitTest::GetInstance()->listeners().Append(new GTestListener(std::move(limits)));
    }

  private:
    using Json = nlohmann::json;

    struct Close {
        void operator()(plimsoll_reader* reader) const { plimsoll_reader_close(reader); }
    };

    void OnEnvironmentsSetUpStart(const testing::UnitTest&) override { begin(); }
    void OnTestSuiteStart(const testing::TestSuite&) override { begin(); }
    void OnTestStart(const testing::TestInfo&) override {
        begin();
        if (is_open()) plimsoll_reader_restart_peaks(reader_.get());
    }

    void OnTestEnd(const testing::TestInfo& test) override {
        const Json left = end();
        if (is_exempt(*test.result())) return;
        if (!left.empty()) ADD_FAILURE() << text_of(left, "this test, after its TearDown");
        judge_peaks();
    }
    void OnTestSuiteEnd(const testing::TestSuite& suite) override {
        const Json left = end();
        if (is_exempt(suite.ad_hoc_test_result()) || left.empty()) return;
        ADD_FAILURE() << text_of(
            left, "the suite " + std::string(suite.name()) + ", after its TearDownTestSuite");
    }
    void OnEnvironmentsTearDownEnd(const testing::UnitTest&) override {
        const Json left = end();
        if (!left.empty()) ADD_FAILURE() << text_of(left, "the environments, after their TearDown");
    }
    void OnTestProgramEnd(const testing::UnitTest&) override {
        if (judged_) return;
        std::fprintf(stderr, "plimsoll: no test was judged by its device memory: %s\n",
                     why_ == nullptr ? "there was none" : why_);
    }

    // The books begin when the first device is opened, which may be inside of a test.
    bool is_open() {
        if (reader_ == nullptr) {
            plimsoll_reader* opened = nullptr;
            const plimsoll_status status = plimsoll_reader_open(&opened, &why_);
            reader_.reset(status == PLIMSOLL_OK ? opened : nullptr);
        }
        judged_ = judged_ || reader_ != nullptr;
        return reader_ != nullptr;
    }

    void begin() {
        std::uint64_t position = 0;
        if (is_open()) plimsoll_reader_position(reader_.get(), &position);
        positions_.push_back(position);
    }

    // The user's allocations that are left of what began last, and were not told before.
    Json end() {
        const std::uint64_t since = positions_.back();
        positions_.pop_back();
        Json left = Json::array();
        const auto add = [&](const Json& rows) {
            for (const Json& row : rows) {
                const auto id = row.at("id").get<std::uint64_t>();
                if (id <= since || row.at("owner") != "user") continue;
                if (told_.insert(id).second) left.push_back(row);
            }
        };
        const char* text = nullptr;
        if (!is_open()) return left;
        if (plimsoll_reader_live(reader_.get(), since, &text) == PLIMSOLL_OK) {
            add(Json::parse(text).at("live"));
        }
        if (plimsoll_reader_report(reader_.get(), &text) == PLIMSOLL_OK) {
            const Json report = Json::parse(text);
            for (const Json& finding : report.at("findings")) {
                if (finding.at("code") == "buffer-outlives-device") add(finding.at("allocations"));
            }
        }
        return left;
    }

    static bool is_exempt(const testing::TestResult& result) {
        for (int i = 0; i < result.test_property_count(); ++i) {
            const char* key = result.GetTestProperty(i).key();
            if (std::string(key) == "plimsoll_leaves_memory") return true;
        }
        return false;
    }

    void judge_peaks() {
        std::int32_t devices[256];
        std::size_t count = 0;
        if (limits_.empty() || !is_open()) return;
        if (plimsoll_reader_devices(reader_.get(), devices, 256, &count) != PLIMSOLL_OK) return;
        for (std::size_t i = 0; i < count && i < 256; ++i) {
            for (const MemoryLimit& limit : limits_) judge_peak(devices[i], limit);
        }
    }

    void judge_peak(std::int32_t device, const MemoryLimit& limit) {
        constexpr const char* kRegions[] = {"dram", "l1", "l1_small", "trace", "system"};
        plimsoll_level level{};
        level.size = sizeof level;
        if (plimsoll_reader_level(reader_.get(), device, limit.region, &level) != PLIMSOLL_OK) {
            return;
        }
        if (level.peak <= limit.bytes) return;
        ADD_FAILURE() << "plimsoll: " << level.peak << " B of " << kRegions[limit.region]
                      << " were held on device " << device << " at once, "
                      << level.peak - limit.bytes << " B above the limit of " << limit.bytes
                      << " B";
    }

    static std::string text_of(const Json& left, const std::string& whose) {
        constexpr std::size_t kShown = 12;
        std::string text = "plimsoll: " + std::to_string(left.size()) +
                           (left.size() == 1 ? " allocation is" : " allocations are") +
                           " left of " + whose;
        for (std::size_t i = 0; i < left.size() && i < kShown; ++i) {
            text += "\n  " + row_text(left[i]);
        }
        if (left.size() > kShown) {
            text += "\n  ... and " + std::to_string(left.size() - kShown) + " more";
        }
        return text;
    }

    static std::string row_text(const Json& row) {
        std::string text = row.at("kind").get<std::string>() + ", " +
                           std::to_string(row.at("bytes").get<std::uint64_t>()) + " B in " +
                           row.at("region").get<std::string>() + " on device";
        for (const Json& device : row.at("devices")) text += " " + device.dump();
        text += ", owner user, ";
        if (row.at("op").is_string()) text += row.at("op").get<std::string>() + " at ";
        std::string path;
        for (const Json& one : row.at("call_sites")) {
            std::string frame = one.get<std::string>();  // "/src/model.cpp:12 in forward"
            frame.erase(0, frame.rfind('/', frame.find(" in ")) + 1);
            path += (path.empty() ? "" : " < ") + frame;
        }
        return text + (path.empty()
                           ? "call site not known (plimsoll run --call-sites native knows it)"
                           : path);
    }

    std::vector<MemoryLimit> limits_;
    std::unique_ptr<plimsoll_reader, Close> reader_;
    const char* why_ = nullptr;             // there is no reader; stays valid for ever
    bool judged_ = false;                   // there was one at some time
    std::vector<std::uint64_t> positions_;  // where the program, its suite and its test began
    std::set<std::uint64_t> told_;          // ids of allocations
};

}  // namespace plimsoll

#endif
