#include "cli/serve.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <optional>

#include "cli/exit_codes.hpp"
#include "cli/files.hpp"
#include "cli/report_file.hpp"
#include "export/recording.hpp"
#include "machines/parts.hpp"
#include "web/page.hpp"

namespace plimsoll::cli {
namespace {

int fail(const machines::Problem& problem) {
    fmt::print(stderr, "plimsoll: {}\n", machines::text(problem));
    return kOwnFailure;
}

// Of a file without a name, which the next program inherits; -1: errno says why.
int handed_over(const std::string& text) {
    std::FILE* file = std::tmpfile();
    if (file == nullptr) return -1;
    const int fd = ::dup(::fileno(file));  // without close-on-exec
    std::fclose(file);
    return fd >= 0 && write_whole(fd, text) ? fd : -1;
}

}  // namespace

CLI::App* add_serve(CLI::App& app, ServeOptions& options) {
    CLI::App* serve = app.add_subcommand("serve", "Show a recording or a JSON report in a browser");
    serve->footer("Example: plimsoll serve model.plimsoll --http :9464");
    serve
        ->add_option("FILE", options.file,
                     "What plimsoll record, or run --report-format json, wrote; - for standard "
                     "input")
        ->required();
    serve
        ->add_option("--http", options.address,
                     "127.0.0.1:PORT, [::1]:PORT, :PORT or unix:PATH; any free port if not given")
        ->type_name("ADDRESS");
    serve
        ->add_option("--http-token-file", options.token_file,
                     "Ask for the token of FILE, which is made if it is not there; one of this run "
                     "if not given")
        ->type_name("FILE");
    serve
        ->add_option("--http-host", options.names,
                     "Answer to this name of the machine, too; addresses and localhost are known")
        ->type_name("NAME")
        ->allow_extra_args(false);
    return serve;
}

int serve(const ServeOptions& options) {
    const machines::Outcome<ReportFile> file = read_report_file(options.file);
    if (!file) return fail(file.problem());
    const std::filesystem::path program = machines::find_program("plimsolld");
    if (program.empty()) {
        return fail({"no plimsolld beside this program", "both, installed together",
                     "install plimsoll completely"});
    }
    const std::optional<exporting::PageData> recorded = exporting::recorded_page(file.value().text);
    const exporting::PageData data =
        recorded
            ? *recorded
            : web::page_data(file.value().text, file.value().report, exporting::kLargestRecording);
    const int documents = handed_over(
        fmt::format(R"({{"revision":null,"report":{},"more":{}}})", data.report, data.more));
    if (documents < 0) {
        return fail({fmt::format("the page cannot be handed over: {}", std::strerror(errno)),
                     "a folder for temporary files that may be written to", "TMPDIR=FOLDER"});
    }
    std::vector<std::string> words = {"plimsoll", "--documents", std::to_string(documents),
                                      "--http", options.address};
    if (!options.token_file.empty()) {
        words.insert(words.end(), {"--http-token-file", options.token_file});
    }
    for (const std::string& name : options.names) words.insert(words.end(), {"--http-host", name});
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    ::execv(program.c_str(), arguments.data());
    return fail({fmt::format("'{}' cannot be started: {}", program.string(), std::strerror(errno)),
                 "the program that is installed together with this one",
                 "install plimsoll completely"});
}

}  // namespace plimsoll::cli
