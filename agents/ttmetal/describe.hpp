#pragma once

#include <stddef.h>

extern "C" {

// What the agent can see of the runtime that is loaded in this process, in lines of fields that
// tabs separate; for `plimsoll doctor`, which calls it from Python:
//   call-sites  0|1  why not
//   capability  lost|there|not-needed  what  what is lost without it, or why it is not needed
//   function    seam|accessor  0|1  mangled name             (of the capability before it)
//   coverage    subject  exact|at_least|unknown  why
//
// Writes at most `size` bytes, no terminating zero; returns how many all of it takes. Threads: any.
size_t plimsoll_ttmetal_describe(char* text, size_t size);
}
