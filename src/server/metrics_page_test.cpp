#include "server/metrics_page.hpp"

#include <gtest/gtest.h>

#include "server/test_child.hpp"

namespace plimsoll::server {
namespace {

class MetricsOfOneList : public testing::Test {
  protected:
    std::string text(const std::string& scraper = "") { return page.answer(scraper, "").text; }
    // The line that begins so; empty: there is none.
    std::string line(const std::string& begin, const std::string& scraper = "") {
        const std::string all = text(scraper);
        const std::size_t at = all.find("\n" + begin);
        return at == std::string::npos ? "" : all.substr(at + 1, all.find('\n', at + 1) - at - 1);
    }
    void end(Child& child) {
        child.end();
        page.remember(list.retire_ended());
    }

    WatchList list{Limits{}};
    MetricsPage page{list, Limits{}, {}};
};

TEST_F(MetricsOfOneList, TellWhatRunsAndNoMoreOfItWhenItHasEnded) {
    Child child(4096);
    list.adopt(child.arrival());
    EXPECT_EQ(line("plimsoll_processes"), "plimsoll_processes 1");
    EXPECT_NE(line("plimsoll_memory_live_bytes"), "");
    end(child);
    EXPECT_EQ(line("plimsoll_processes"), "plimsoll_processes 0");
    EXPECT_EQ(line("plimsoll_memory_live_bytes"), "");
}

TEST_F(MetricsOfOneList, CountAnEndThatLeftSomethingAndWhatWasFound) {
    Child child(4096);
    list.adopt(child.arrival());
    EXPECT_EQ(line("plimsoll_ended_processes_total{end=\"holding\"}"),
              "plimsoll_ended_processes_total{end=\"holding\"} 0");
    end(child);
    EXPECT_EQ(line("plimsoll_ended_processes_total{end=\"holding\"}"),
              "plimsoll_ended_processes_total{end=\"holding\"} 1");
    EXPECT_EQ(line("plimsoll_allocations_total"), "plimsoll_allocations_total{kind=\"buffer\"} 1");
}

TEST_F(MetricsOfOneList, TellEachScraperOnceOfAPeakOfAProcessThatIsGone) {
    text("a");
    text("b");
    Child child(4096);
    list.adopt(child.arrival());
    end(child);
    EXPECT_NE(line("plimsoll_memory_peak_bytes", "a"), "");
    EXPECT_EQ(line("plimsoll_memory_peak_bytes", "a"), "");
    EXPECT_NE(line("plimsoll_memory_peak_bytes", "b"), "");
}

TEST_F(MetricsOfOneList, NameNoProcessUnlessAsked) {
    Child child(4096);
    list.adopt(child.arrival());
    EXPECT_EQ(text().find("pid="), std::string::npos);
    MetricsPage telling{list, Limits{}, {true, true}};
    EXPECT_NE(telling.answer("", "").text.find("pid=\"" + std::to_string(child.pid())),
              std::string::npos);
}

TEST_F(MetricsOfOneList, AreInTheFormatThatIsAskedFor) {
    EXPECT_EQ(
        std::string(page.answer("", "application/openmetrics-text").content_type).substr(0, 28),
        "application/openmetrics-text");
    EXPECT_EQ(std::string(page.answer("", "").content_type).substr(0, 10), "text/plain");
}

TEST_F(MetricsOfOneList, TellOfTheServerItself) {
    EXPECT_NE(line("process_resident_memory_bytes"), "process_resident_memory_bytes 0");
    EXPECT_NE(line("process_open_fds"), "process_open_fds 0");
}

}  // namespace
}  // namespace plimsoll::server
