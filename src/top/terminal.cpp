#include "top/terminal.hpp"

#include <curses.h>
#include <langinfo.h>
#include <unistd.h>

#include <clocale>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace plimsoll::top {
namespace {

// Bars and graphs are not ASCII.
void want_utf8() {
    std::setlocale(LC_ALL, "");
    if (std::strcmp(::nl_langinfo(CODESET), "UTF-8") != 0) std::setlocale(LC_CTYPE, "C.UTF-8");
}

enum Pair : short { green = 1, yellow, red };

attr_t attributes(Ink ink) {
    switch (ink) {
        case Ink::plain:
            return A_NORMAL;
        case Ink::strong:
            return A_BOLD;
        case Ink::faint:
            return A_DIM;
        case Ink::selected:
            return A_REVERSE;
        case Ink::good:
            return COLOR_PAIR(green);
        case Ink::warm:
            return COLOR_PAIR(yellow);
        case Ink::hot:
            return COLOR_PAIR(red);
    }
    return A_NORMAL;
}

Press press_of(int code) {
    switch (code) {
        case KEY_UP:
            return {Key::up};
        case KEY_DOWN:
            return {Key::down};
        case KEY_PPAGE:
            return {Key::page_up};
        case KEY_NPAGE:
            return {Key::page_down};
        case KEY_HOME:
            return {Key::home};
        case KEY_END:
            return {Key::end};
        case KEY_ENTER:
        case '\n':
        case '\r':
            return {Key::enter};
        case '\x1b':
            return {Key::back};
        case '\t':
            return {Key::tab};
        case KEY_BACKSPACE:
        case '\b':
        case '\x7f':
            return {Key::erase};
        default:
            break;
    }
    return code >= ' ' && code < '\x7f' ? Press{Key::text, static_cast<char>(code)} : Press{};
}

}  // namespace

std::unique_ptr<Terminal> Terminal::open() {
    if (::isatty(STDIN_FILENO) == 0 || ::isatty(STDOUT_FILENO) == 0) return nullptr;
    want_utf8();
    // The terminal's own size, which may change, not that of COLUMNS and LINES, which may not.
    ::unsetenv("COLUMNS");
    ::unsetenv("LINES");
    if (::newterm(nullptr, stdout, stdin) == nullptr) return nullptr;
    ::cbreak();
    ::noecho();
    ::keypad(stdscr, TRUE);
    ::set_escdelay(25);
    ::curs_set(0);
    ::start_color();
    ::use_default_colors();
    ::init_pair(green, COLOR_GREEN, -1);
    ::init_pair(yellow, COLOR_YELLOW, -1);
    ::init_pair(red, COLOR_RED, -1);
    return std::unique_ptr<Terminal>(new Terminal());
}

Terminal::~Terminal() { ::endwin(); }

Size Terminal::size() const {
    return {static_cast<std::size_t>(LINES), static_cast<std::size_t>(COLS)};
}

void Terminal::draw(const Picture& picture) {
    ::erase();
    int row = 0;
    for (const Line& line : picture) {
        ::move(row++, 0);
        for (const Span& span : line) {
            ::attrset(static_cast<int>(attributes(span.ink)));
            ::addstr(span.text.c_str());
        }
    }
    ::attrset(A_NORMAL);
    ::refresh();
}

Press Terminal::wait(int milliseconds) {
    ::timeout(milliseconds);
    const int code = ::getch();
    // The terminal has moved what stood on it: nothing of it can be kept.
    if (code == KEY_RESIZE) ::clearok(curscr, TRUE);
    return code == ERR ? Press{} : press_of(code);
}

}  // namespace plimsoll::top
