#pragma once

#include <string>
#include <vector>

#include "pages/shape.hpp"

// Pure functions of a command line: text in, no file written.
namespace plimsoll::pages {

struct Page {
    std::string path;  // below the folder of what is shared, as an installation has it
    std::string text;
};

// A manual page for the program, and one for each of its subcommands.
std::vector<Page> manual(const Command& program);

// What bash, zsh and fish complete after the program's name.
Page bash_completion(const Command& program);
Page zsh_completion(const Command& program);
Page fish_completion(const Command& program);

// "Run a command ..." without a dot at its end, on one line.
std::string first_line(const std::string& text);

}  // namespace plimsoll::pages
