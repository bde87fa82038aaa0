#pragma once

#include <iosfwd>
#include <string>
#include <vector>

namespace plimsoll::model {

// Plays a scenario on the model and returns what happened: the lines of EventLog, and for each step
// that the runtime refused `error` with its words; the steps after it go on. A step is a line:
//
//   runtime t3k 0.81.1              machine and release, with the release's own defects; first
//   open 2 4 16384 1048576          rows, columns, L1_SMALL and trace region in bytes
//   device 0 0 0                    chip, L1_SMALL and trace region
//   allocate weights DRAM 2097152 2048     name, type, size, page size
//   op 1 0 0 7 7 4096 4096          hash, corners of its cores, bytes per core of circular buffers
//   semaphore ready 0 0 7 7         name, corners of its cores
//   free weights                    a tensor or a semaphore
//   clear                           the program cache
//   close
//   end                             of the program; also at the end of the scenario
//
// Empty lines and those that begin with # are none. Throws std::runtime_error, with the line, for
// what is no step.
std::vector<std::string> play(std::istream& scenario);

}  // namespace plimsoll::model
