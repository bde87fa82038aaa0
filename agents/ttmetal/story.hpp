#pragma once

// What a program tells of itself, found by name in the process that the agent is in: Python's
// `plimsoll.mark` and `plimsoll.window` call these. Names end with 0. Each returns 1, or 0 where
// nothing is attached (yet): attaching is for calls of the runtime. Threads: any; a window belongs
// to the thread that began it, and its windows lie within each other.
extern "C" {
int plimsoll_ttmetal_mark(const char* name);
int plimsoll_ttmetal_window_begin(const char* name);
int plimsoll_ttmetal_window_end();
}
