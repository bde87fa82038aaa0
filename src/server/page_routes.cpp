#include "server/page_routes.hpp"

#include "web/page.hpp"

namespace plimsoll::server {

http::Route page_route() {
    web::LivePage page = web::live_page();
    const http::Answer answer{200, "text/html; charset=utf-8",
                              std::make_shared<const std::string>(std::move(page.text)),
                              std::move(page.policy)};
    return {"/", http::Access::anyone, [answer](const collect::Asker&) { return answer; }};
}

http::Answer json_answer(std::shared_ptr<const std::string> json) {
    return {200, "application/json", std::move(json)};
}

}  // namespace plimsoll::server
