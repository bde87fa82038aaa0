#include "cli/standard_output.hpp"

#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "cli/exit_codes.hpp"

namespace plimsoll::cli {

namespace {

// What the user's programs take text for; the locale itself need not be installed.
view::Glyphs glyphs() {
    for (const char* name : {"LC_ALL", "LC_CTYPE", "LANG"}) {
        const char* value = std::getenv(name);
        if (value == nullptr || *value == '\0') continue;
        const std::string_view locale(value);
        for (const std::string_view utf8 : {"UTF-8", "utf-8", "UTF8", "utf8"}) {
            if (locale.find(utf8) != std::string_view::npos) return view::Glyphs::blocks;
        }
        break;
    }
    return view::Glyphs::ascii;
}

}  // namespace

view::Colour colour_on(int fd) {
    const char* none = std::getenv("NO_COLOR");
    const bool wanted = none == nullptr || *none == '\0';
    return wanted && ::isatty(fd) != 0 ? view::Colour::on : view::Colour::off;
}

view::Style style_of_stdout() { return {colour_on(STDOUT_FILENO), glyphs()}; }

std::string before_the_next() { return ::isatty(STDOUT_FILENO) != 0 ? "\x1b[H\x1b[J" : "\n"; }

int print(const std::string& text) {
    return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kOwnFailure : 0;
}

}  // namespace plimsoll::cli
