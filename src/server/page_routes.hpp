#pragma once

#include <memory>
#include <string>

#include "http/answer.hpp"

namespace plimsoll::server {

// "/", the page without data: for anyone.
http::Route page_route();

http::Answer json_answer(std::shared_ptr<const std::string> json);

}  // namespace plimsoll::server
