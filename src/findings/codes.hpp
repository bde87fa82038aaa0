#pragma once

#include <array>
#include <string_view>

namespace plimsoll::findings {

// Every code a finding can have. They are stable: users name them.
inline constexpr std::array<std::string_view, 11> kCodes = {"out-of-memory",
                                                            "circular-buffer-clash",
                                                            "grows-per-iteration",
                                                            "process-died-holding",
                                                            "buffer-outlives-device",
                                                            "left-at-exit",
                                                            "ledger-differs-from-allocator",
                                                            "runtime-forgot-circular-buffers",
                                                            "unattributed",
                                                            "program-cache-holds",
                                                            "freed-after-device-close"};

}  // namespace plimsoll::findings
