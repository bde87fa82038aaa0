#pragma once

#include "findings/report.hpp"

// Hand-made reports, each one situation a user may be in.
namespace plimsoll::golden {

findings::Report seed_on_0_66_0();  // the runtime forgets 11 circular buffers
findings::Report seed_on_0_81_1();  // it reports 24 after the close, and no dataflow buffer
findings::Report killed();
findings::Report outlives_device();
findings::Report left_at_exit();
findings::Report cache_holds();    // beside one that outlived the device
findings::Report out_of_memory();  // exhausted, in pieces, larger than a bank, L1_SMALL too small
findings::Report clash();          // of softmax, twice; and a program larger than a core
findings::Report grows();
findings::Report not_attached();
findings::Report lost_events();
findings::Report many_rows();
findings::Report several_processes();
findings::Report unattributed();
findings::Report differs();
findings::Report running();
findings::Report hostile_names();

}  // namespace plimsoll::golden
