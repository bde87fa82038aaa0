#include "cli/fleet.hpp"

#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <optional>

#include "cli/exit_codes.hpp"
#include "cli/standard_output.hpp"
#include "fleet/fleet.hpp"
#include "fleet/http_get.hpp"
#include "machines/problem.hpp"
#include "view/fleet_table.hpp"

namespace plimsoll::cli {
namespace {

int fail(const machines::Problem& problem) {
    fmt::print(stderr, "plimsoll: {}\n", machines::text(problem));
    return kOwnFailure;
}

// The first line of the file; nothing: it cannot be read, or is empty.
std::optional<std::string> token_in(const std::string& path) {
    std::ifstream file(path);
    std::string token;
    if (!std::getline(file, token) || token.empty()) return std::nullopt;
    return token;
}

std::variant<fleet::Rows, fleet::Refused> ask(const FleetOptions& options, const std::string& token,
                                              const std::string& query) {
    const auto fetched = fleet::http_get(fleet::url_of_query(options.url, query), token);
    if (const auto* problem = std::get_if<fleet::NotFetched>(&fetched)) {
        return fleet::Refused{problem->why};
    }
    const auto& answer = std::get<fleet::Fetched>(fetched);
    auto rows = fleet::read_answer(answer.body);
    constexpr long kGood = 200;
    if (answer.status != kGood && std::holds_alternative<fleet::Rows>(rows)) {
        return fleet::Refused{fmt::format("it answers with HTTP {}", answer.status)};
    }
    if (auto* refused = std::get_if<fleet::Refused>(&rows); refused && answer.status != kGood) {
        refused->why += fmt::format(" (HTTP {})", answer.status);
    }
    return rows;
}

}  // namespace

CLI::App* add_fleet(CLI::App& app, FleetOptions& options) {
    CLI::App* fleet = app.add_subcommand(
        "fleet", "Show the fullest chips, largest processes and findings of all hosts");
    fleet->footer(
        "Asks a Prometheus or a VictoriaMetrics that scrapes plimsolld --http on each host.\n\n"
        "Example: plimsoll fleet --url http://prometheus:9090");
    fleet->add_option("--url", options.url, "Where it answers; PLIMSOLL_FLEET_URL when not given")
        ->envname("PLIMSOLL_FLEET_URL")
        ->type_name("URL")
        ->required();
    fleet
        ->add_option("--token-file", options.token_file,
                     "Show it the token in the first line of FILE")
        ->type_name("FILE");
    fleet->add_option("--top", options.top, "Rows of each list")
        ->type_name("N")
        ->capture_default_str()
        ->check(CLI::Range(1, 1000).description(""));
    fleet->add_flag("--json", options.json, "Print JSON");
    return fleet;
}

int show_fleet(const FleetOptions& options) {
    std::string token;
    if (!options.token_file.empty()) {
        const std::optional<std::string> found = token_in(options.token_file);
        if (!found) {
            return fail({fmt::format("there is no token in '{}'", options.token_file),
                         "a file whose first line is one", "--token-file FILE"});
        }
        token = *found;
    }
    const auto seen = fleet::look_at_fleet(
        [&](const std::string& query) { return ask(options, token, query); }, options.top);
    if (const auto* refused = std::get_if<fleet::Refused>(&seen)) {
        return fail({fmt::format("'{}' cannot be asked: {}", options.url, refused->why),
                     "the address of a Prometheus or a VictoriaMetrics, such as "
                     "http://127.0.0.1:9090",
                     "--url URL, and --token-file FILE if it asks for a token"});
    }
    const auto& all = std::get<fleet::Fleet>(seen);
    return print(options.json ? fleet::fleet_json(all) : view::fleet_table(all, style_of_stdout()));
}

}  // namespace plimsoll::cli
