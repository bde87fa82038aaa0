#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/kind.hpp"
#include "base/region.hpp"
#include "ledger/snapshot.hpp"

// The words a person reads, the same in every finding, table and export.
namespace plimsoll::findings {

// "1 buffer", "11 circular buffers".
std::string plural(std::string_view noun);  // "kernel binaries", "processes"
std::string counted(std::uint64_t count, std::string_view noun);

std::string_view noun(Kind kind);       // "circular buffer"
std::string_view title(Region region);  // "DRAM", "L1"

// "4096 B" as long as the exact number is short, then "10.1 MiB".
std::string bytes_text(std::uint64_t bytes);

// As long as it fits beside its call site; labels may be the names of several kernels.
std::string label_text(const std::string& label);

// Innermost frame, file without its folders: "model.py:12 in forward"; empty when not known.
std::string call_site_text(const std::vector<ledger::Frame>& frames);
// With what it called and who called it, up to `most` frames:
// "ttnn.add at model.py:12 in residual < :30 in forward < run.py:7", and which function of the
// runtime it was, where that is known: ", inside ttnn::prim::binary_ng".
std::string call_path_text(const ledger::CallSite& site, std::size_t most);
std::string frame_text(const ledger::Frame& frame);

// "0", "0..7", "0, 2, 5..7".
std::string numbers_text(const std::vector<std::int32_t>& ascending);

// "device 0", "all 8 devices" when `all` of them are meant, "devices 0..3"; "a device not known".
std::string devices_text(const std::vector<std::int32_t>& ascending, std::size_t all);

// "cores 0-0..7-6 (56)"; "every core" when the set is empty.
std::string cores_text(const ledger::CoreSet& cores);

// "DRAM 64.0 MiB" parts become "64.0 MiB of DRAM and 8.0 MiB of L1".
std::string listed(const std::vector<std::string>& parts);

// "python (pid 4711)".
std::string process_text(const ledger::Identity& identity);

// Of a process that has ended: how, and what it held then.
std::string last_word(const ledger::ProcessView& process);

// "SIGKILL", or "signal 99".
std::string signal_name(int signal);

}  // namespace plimsoll::findings
