#include "fleet/fleet.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace plimsoll::fleet {
namespace {

Row row(std::map<std::string, std::string> labels, double value) {
    return {std::move(labels), value};
}

bool has(const std::string& text, const char* part) { return text.find(part) != std::string::npos; }

// A monitoring system that knows two hosts.
std::variant<Rows, Refused> two_hosts(const std::string& query) {
    if (query == "count(plimsoll_build_info)") return Rows{row({}, 2)};
    if (query == "sum(plimsoll_device_open)") return Rows{row({}, 9)};
    if (query == "count(up{job=\"plimsoll\"} == 0)") return Rows{row({}, 1)};
    if (has(query, "up{job")) return Rows{row({{"instance", "gone"}}, 0)};
    const bool capacity = query.rfind("plimsoll_memory_capacity_bytes", 0) == 0 ||
                          query.rfind("plimsoll_l1_core_capacity_bytes", 0) == 0;
    if (has(query, "plimsoll_memory_")) {
        return Rows{row({{"instance", "a"}, {"device", "0"}}, capacity ? 100 : 20),
                    row({{"instance", "b"}, {"device", "0"}}, capacity ? 200 : 190)};
    }
    if (has(query, "plimsoll_l1_core_")) {
        return Rows{row({{"instance", "a"}, {"device", "7"}}, capacity ? 10 : 9)};
    }
    if (has(query, "plimsoll_process_live_bytes")) {
        return Rows{row({{"instance", "a"}, {"pid", "1"}, {"process", "x"}}, 20),
                    row({{"instance", "b"}, {"pid", "2"}, {"process", "y"}}, 190)};
    }
    if (has(query, "plimsoll_findings")) {
        return Rows{row({{"instance", "a"}, {"code", "unattributed"}}, 1)};
    }
    if (has(query, "plimsoll_ended_findings_total")) {
        return Rows{row({{"instance", "a"}, {"code", "unattributed"}}, 3),
                    row({{"instance", "b"}, {"code", "left-at-exit"}}, 5)};
    }
    return Rows{};
}

TEST(Fleet, HasTheWorstFirst) {
    const Fleet fleet = std::get<Fleet>(look_at_fleet(two_hosts, 10));
    EXPECT_EQ(fleet.hosts, 2u);
    EXPECT_EQ(fleet.chips, 9u);
    EXPECT_EQ(fleet.processes, 0u);
    ASSERT_EQ(fleet.silent, std::vector<std::string>{"gone"});
    ASSERT_EQ(fleet.fullest.size(), 3u);
    EXPECT_EQ(fleet.fullest[0].host, "b");
    EXPECT_EQ(fleet.fullest[0].capacity, 200u);
    EXPECT_EQ(fleet.fullest[1].region, "l1_per_core");
    EXPECT_EQ(fleet.fullest[2].live, 20u);
    ASSERT_EQ(fleet.largest.size(), 2u);
    EXPECT_EQ(fleet.largest[0].pid, "2");
    ASSERT_EQ(fleet.findings.size(), 2u);
    EXPECT_EQ(fleet.findings[0].code, "unattributed");
    EXPECT_EQ(fleet.findings[0].running, 1u);
    EXPECT_EQ(fleet.findings[0].ended, 3u);
    EXPECT_EQ(fleet.findings[1].ended, 5u);
}

// Names of hosts are what somebody wrote into a configuration.
TEST(Fleet, AsksForTheWorstHostsByTheirNameAndNoOther) {
    std::vector<std::string> queries;
    const Ask ask = [&queries](const std::string& query) {
        queries.push_back(query);
        return Rows{row({{"instance", "a.b:9464"}, {"device", "0"}}, 1),
                    row({{"instance", "c\"\\"}, {"device", "0"}}, 1)};
    };
    std::get<Fleet>(look_at_fleet(ask, 10));
    EXPECT_THAT(queries, testing::Contains("plimsoll_l1_core_live_bytes{instance=~\"a\\\\.b:9464|"
                                           "c\\\\\\\"\\\\\\\\\",}"));
}

TEST(Fleet, ListsNoMoreThanIsAskedFor) {
    const Fleet fleet = std::get<Fleet>(look_at_fleet(two_hosts, 1));
    EXPECT_EQ(fleet.fullest.size(), 1u);
    EXPECT_EQ(fleet.findings.size(), 1u);
}

TEST(Fleet, AsksNothingMoreOfAServerThatRefuses) {
    int asked = 0;
    const Ask refuses = [&asked](const std::string&) {
        ++asked;
        return Refused{"no"};
    };
    EXPECT_EQ(std::get<Refused>(look_at_fleet(refuses, 10)).why, "no");
    EXPECT_EQ(asked, 1);
}

TEST(Fleet, OfNumbersThatAreNoneIsEmpty) {
    const Ask strange = [](const std::string&) { return Rows{row({}, -1e300)}; };
    const Fleet fleet = std::get<Fleet>(look_at_fleet(strange, 10));
    EXPECT_EQ(fleet.hosts, 0u);
    EXPECT_EQ(fleet.fullest[0].used(), 0);
}

}  // namespace
}  // namespace plimsoll::fleet
