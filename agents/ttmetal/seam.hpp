#pragma once

// Marks a function that stands in front of one of the runtime's: it gets the runtime's name by an
// __asm__ label and is exported under it. What every seam keeps to:
//
//  - It calls the real function exactly once, with the same arguments, and returns its result.
//  Where
//    the real function cannot be found there is nothing to call.
//  - The runtime's exceptions pass through it. The agent is built without exceptions, but with the
//    tables that unwinding needs; no destructor runs, so nothing may depend on one: state that an
//    exception leaves behind must be harmless.
//  - The real function does not run under any lock of the agent's; there are none.
//  - The runtime prints its stack into its error texts, so the call is the last thing that a seam
//    does: the compiler makes a jump of it, and no frame of the agent's is on the stack. What comes
//    after the call is done in front of a later one. ci/check-tail-calls checks it, and names those
//    that cannot.
#define PLIMSOLL_SEAM [[gnu::visibility("default")]]
