#pragma once

#include <string>
#include <string_view>

#include "base/result.hpp"

namespace plimsoll::http {

// What somebody who comes by a port has to know: 32 random bytes, in letters and digits, when it is
// made here.
inline constexpr std::size_t kShortestToken = 16;
inline constexpr std::size_t kLongestToken = 512;

// Error: errno of the kernel's random numbers.
Result<std::string> make_token();

// The token in the first line of the file at `path`.
// Error: errno; EPERM: other users may read it, or it is another user's; EINVAL: what stands there
// is no token (kShortestToken to kLongestToken letters, digits and -._~+/=).
Result<std::string> read_token(const std::string& path);

// The same, of a file that only its user may read and that is made if it is not there.
Result<std::string> read_or_make_token(const std::string& path);

// Takes as long for every `shown` of one length.
bool is_same_token(std::string_view token, std::string_view shown);

}  // namespace plimsoll::http
