#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "ledger/snapshot.hpp"
#include "top/screen.hpp"
#include "view/groups.hpp"

// `plimsoll top` without its terminal: keys and looks at processes in, pictures out.
namespace plimsoll::top {

enum class Key : std::uint8_t {
    none,
    up,
    down,
    page_up,
    page_down,
    home,
    end,
    enter,
    back,
    tab,
    erase,
    text
};

struct Press {
    Key key = Key::none;
    char letter = 0;  // of Key::text
};

enum class Sort : std::uint8_t { dram, l1, allocations, pid };
inline constexpr std::size_t kSorts = 4;
enum class Panel : std::uint8_t { chips, processes };
enum class Where : std::uint8_t { overview, process, group, help };

// What was seen last, and what is shown of it.
class State {
  public:
    // A new look at all processes. While paused it is set aside.
    void see(std::vector<ledger::ProcessView> processes, std::vector<std::string> notes);
    // All of the process that wanted_process() named; nothing: it is gone.
    void see_process(std::optional<ledger::ProcessView> process);

    void press(Press press);
    [[nodiscard]] Picture picture(Size size) const;

    [[nodiscard]] bool wants_to_quit() const { return quit_; }
    // The process whose allocations are looked at.
    [[nodiscard]] std::optional<std::int32_t> wanted_process() const;

  private:
    struct Totals {
        std::uint64_t dram = 0;
        std::uint64_t l1 = 0;
    };

    void arrange();
    void press_in_overview(Press press);
    void press_in_process(Press press);
    void press_in_group(Press press);
    bool press_in_filter(Press press);
    void move(std::size_t& selected, std::size_t total, Key key) const;

    [[nodiscard]] Line title(const std::string& text) const;
    void draw_overview(Picture& picture, Size size) const;
    void draw_chips(Picture& picture, std::size_t rows, std::size_t columns) const;
    void draw_processes(Picture& picture, std::size_t rows, std::size_t columns) const;
    void draw_history(Picture& picture, std::size_t columns) const;
    void draw_process(Picture& picture, Size size) const;
    void draw_group(Picture& picture, Size size) const;
    [[nodiscard]] std::vector<const ledger::AllocationView*> rows_of_group() const;
    [[nodiscard]] Line footer() const;

    std::vector<ledger::ProcessView> seen_;
    std::vector<const ledger::ProcessView*> processes_;  // those shown, in their order
    std::vector<ledger::DeviceUse> devices_;
    std::vector<std::string> notes_;
    std::deque<Totals> history_;

    std::optional<ledger::ProcessView> process_;
    std::int32_t pid_ = 0;
    view::By by_ = view::By::site;
    std::size_t row_ = 0;
    view::Group group_;
    std::size_t row_of_group_ = 0;

    Where where_ = Where::overview;
    Where before_help_ = Where::overview;
    Panel panel_ = Panel::processes;
    Sort sort_ = Sort::dram;
    std::size_t chip_ = 0;
    std::int32_t selected_pid_ = 0;  // stays with its process while the order changes
    std::optional<std::int32_t> only_chip_;
    std::string filter_;
    bool typing_ = false;
    bool paused_ = false;
    bool quit_ = false;
};

Picture help(Size size);

}  // namespace plimsoll::top
