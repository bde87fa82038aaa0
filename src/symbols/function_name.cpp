#include "symbols/function_name.hpp"

#include <cxxabi.h>

#include <algorithm>
#include <cctype>
#include <charconv>
#include <cstdlib>
#include <memory>

namespace plimsoll::symbols {
namespace {

constexpr std::size_t kLongest = 80;
constexpr std::size_t kLongestArguments = 48;
constexpr std::size_t kLongestMangled = 8192;  // a demangler is recursive
constexpr std::string_view kAnonymous = "(anonymous namespace)";
constexpr std::string_view kOperator = "operator";

// Behind the bracket that closes the one at `begin`.
std::size_t behind(std::string_view text, std::size_t begin) {
    const char open = text[begin];
    const char close = open == '(' ? ')' : '>';
    std::size_t depth = 0;
    for (std::size_t i = begin; i < text.size(); ++i) {
        if (text[i] == open) ++depth;
        const bool is_arrow = close == '>' && i > 0 && text[i - 1] == '-';
        if (text[i] == close && !is_arrow && --depth == 0) return i + 1;
    }
    return text.size();
}

bool is_operator(std::string_view text, std::size_t at) {
    if (!text.substr(at).starts_with(kOperator)) return false;
    const auto is_letter = [](char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0; };
    const std::size_t end = at + kOperator.size();
    const bool begins = at == 0 || (!is_letter(text[at - 1]) && text[at - 1] != '_');
    return begins && (end == text.size() || (!is_letter(text[end]) && text[end] != '_'));
}

// Behind "operator()", "operator<<", "operator bool".
std::size_t behind_operator(std::string_view text, std::size_t at) {
    at += kOperator.size();
    if (text.substr(at).starts_with("()")) return at + 2;
    if (text.substr(at).starts_with(" ")) return text.find_first_of("(<", at);
    while (at < text.size() && std::string_view("<>=-+*/%^&|~!,[]").find(text[at]) < 16) ++at;
    return at;
}

}  // namespace

std::string short_name(std::string_view text) {
    text = text.substr(0, text.find(" [clone "));
    std::string name;
    bool is_over = false;  // unless the name goes on inside of a function
    for (std::size_t i = 0; i < text.size();) {
        const std::string_view rest = text.substr(i);
        if (is_over && rest.starts_with("::")) is_over = false;
        if (rest.starts_with(kAnonymous)) {
            name += "{anonymous}";
            i += kAnonymous.size();
        } else if (is_operator(text, i)) {
            const std::size_t end = std::min(behind_operator(text, i), text.size());
            if (!is_over) name += text.substr(i, end - i);
            i = text.substr(end).starts_with(" <") ? behind(text, end + 1) : end;
        } else if (text[i] == '(') {
            i = behind(text, i);
            is_over = true;
        } else if (text[i] == '<') {
            const std::size_t end = behind(text, i);
            const std::string inner = end - i <= kLongestArguments
                                          ? std::string(text.substr(i + 1, end - i - 2))
                                          : std::string("...");
            if (!is_over) name += "<" + inner + ">";
            i = end;
        } else if (rest.starts_with("[abi:")) {
            i += std::min(rest.find(']'), rest.size() - 1) + 1;
        } else if (text[i] == ' ' && !is_over) {
            name.clear();  // it was what the function gives back
            ++i;
        } else {
            if (text[i] == '#' || text[i] == '}') is_over = false;  // "{lambda(int)#1}"
            if (!is_over) name += text[i];
            ++i;
        }
    }
    if (name.size() > kLongest) name = name.substr(0, kLongest - 3) + "...";
    return name;
}

namespace {

// "_ZN4ttnn6detail6launchI..." begins with "ttnn::detail::launch": for what a demangler older than
// the compiler cannot read.
std::string head_of(std::string_view mangled) {
    std::string name;
    std::size_t at = mangled.find_first_not_of("ZNK", 1);
    while (at < mangled.size() && std::isdigit(static_cast<unsigned char>(mangled[at])) != 0) {
        std::size_t length = 0;
        const char* end = mangled.data() + mangled.size();
        const auto [text, error] = std::from_chars(mangled.data() + at, end, length);
        if (error != std::errc{} || length > static_cast<std::size_t>(end - text)) break;
        if (!name.empty()) name += "::";
        name.append(text, length);
        at = static_cast<std::size_t>(text - mangled.data()) + length;
    }
    return (name.empty() ? std::string(mangled) : name).substr(0, kLongest);
}

}  // namespace

std::string function_name(const char* linkers) {
    const std::string_view mangled = std::string_view(linkers).substr(0, kLongestMangled + 1);
    if (!mangled.starts_with("_Z") || mangled.size() > kLongestMangled) {
        return std::string(mangled.substr(0, kLongest));
    }
    int status = 0;
    const std::unique_ptr<char, decltype(&std::free)> demangled(
        abi::__cxa_demangle(linkers, nullptr, nullptr, &status), &std::free);
    return demangled ? short_name(demangled.get()) : head_of(mangled);
}

}  // namespace plimsoll::symbols
