#pragma once

#include <string>

#include "base/unique_fd.hpp"
#include "machines/problem.hpp"

namespace plimsoll::cli {

// What a file that is opened for output holds before something is written to it.
enum class Contents { emptied, kept };

// Opened before a command runs, so that a path that cannot be written is told before an hour of
// work. Empty: errno says why.
UniqueFd open_output(const std::string& path, Contents before);

// Writes all of it, in the place of what was there. False: errno says why.
bool write_whole(int fd, const std::string& text);

// The whole text of a file, or of standard input for "-". `what` is what it should be: "a report";
// `expected` is for whoever named another one.
machines::Outcome<std::string> contents_of(const std::string& path, const std::string& what,
                                           const std::string& expected);

}  // namespace plimsoll::cli
