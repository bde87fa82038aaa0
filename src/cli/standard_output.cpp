#include "cli/standard_output.hpp"

#include <unistd.h>

#include <cstdio>

#include "cli/exit_codes.hpp"

namespace plimsoll::cli {

view::Style style_of_stdout() {
    return {::isatty(STDOUT_FILENO) != 0 ? view::Colour::on : view::Colour::off};
}

int print(const std::string& text) {
    return std::fputs(text.c_str(), stdout) < 0 || std::fflush(stdout) != 0 ? kOwnFailure : 0;
}

}  // namespace plimsoll::cli
