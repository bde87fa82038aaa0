#include "metrics/exposition.hpp"

#include "view/utf8.hpp"

namespace plimsoll::metrics {
namespace {

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";  // U+FFFD

void append_escaped(std::string& to, std::string_view text) {
    while (!text.empty()) {
        const view::CodePoint point = view::decode(text);
        const std::string_view character = text.substr(0, point.length);
        text.remove_prefix(point.length);
        if (!point.valid) {
            to += kReplacement;
        } else if (character == "\\" || character == "\"") {
            (to += '\\') += character;
        } else if (character == "\n") {
            to += "\\n";
        } else {
            to += character;
        }
    }
}

const char* name(Family::Type type, Format format) {
    switch (type) {
        case Family::Type::counter:
            return "counter";
        case Family::Type::info:
            return format == Format::open_metrics ? "info" : "gauge";
        case Family::Type::gauge:
            break;
    }
    return "gauge";
}

const char* suffix(Family::Type type) {
    switch (type) {
        case Family::Type::counter:
            return "_total";
        case Family::Type::info:
            return "_info";
        case Family::Type::gauge:
            break;
    }
    return "";
}

void append_head(std::string& to, const Family& family, Format format) {
    const bool open = format == Format::open_metrics;
    const std::string name_of_type = open ? family.name : family.name + suffix(family.type);
    to += "# TYPE " + name_of_type + ' ' + name(family.type, format) + '\n';
    if (open && !family.unit.empty()) to += "# UNIT " + name_of_type + ' ' + family.unit + '\n';
    to += "# HELP " + name_of_type + ' ' + family.help + '\n';
}

void append_sample(std::string& to, const Family& family, const Sample& sample) {
    (to += family.name) += suffix(family.type);
    char before = '{';
    for (const auto& [label, value] : sample.labels) {
        ((to += before) += label) += "=\"";
        append_escaped(to, value);
        to += '"';
        before = ',';
    }
    if (!sample.labels.empty()) to += '}';
    ((to += ' ') += std::to_string(sample.value)) += '\n';
}

}  // namespace

Format format_for(std::string_view accept) {
    const bool open = accept.find("application/openmetrics-text") != std::string_view::npos;
    return open ? Format::open_metrics : Format::text;
}

const char* content_type(Format format) {
    return format == Format::open_metrics
               ? "application/openmetrics-text; version=1.0.0; charset=utf-8"
               : "text/plain; version=0.0.4; charset=utf-8";
}

std::string exposition(const std::vector<Family>& families, Format format) {
    std::string text;
    for (const Family& family : families) {
        if (family.samples.empty()) continue;
        append_head(text, family, format);
        for (const Sample& sample : family.samples) append_sample(text, family, sample);
    }
    if (format == Format::open_metrics) text += "# EOF\n";
    return text;
}

}  // namespace plimsoll::metrics
