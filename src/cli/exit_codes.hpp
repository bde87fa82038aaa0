#pragma once

namespace plimsoll::cli {

// The exit code is the command's own (128 + signal when a signal ended it), but for these.
inline constexpr int kNotReady = 1;         // of doctor: a run would not see everything
inline constexpr int kFindingMatched = 23;  // --fail-on matched; --error-exitcode sets another
inline constexpr int kTimedOut = 124;       // of wait, as timeout(1) has it
inline constexpr int kOwnFailure = 125;     // Plimsoll could not do what it was asked to
inline constexpr int kCannotExecute = 126;  // the command was found and cannot be started
inline constexpr int kCommandNotFound = 127;
inline constexpr int kSignalBase = 128;

}  // namespace plimsoll::cli
