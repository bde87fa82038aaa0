#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>

namespace plimsoll::cli {

// Checks nothing: these words, separated by spaces, are what a shell offers for a value.
inline CLI::Validator offers(const std::string& words) {
    return CLI::Validator([](std::string&) { return std::string(); }, "", words);
}

// Takes one of these words as its value; of any other it says which there are.
template <class Enum>
CLI::Validator choice(std::map<std::string, Enum> words) {
    std::string names;
    for (const auto& [name, value] : words) names += (names.empty() ? "" : " ") + name;
    const auto take = [words = std::move(words)](std::string& word) -> std::string {
        const auto found = words.find(word);
        if (found != words.end()) {
            word = std::to_string(static_cast<int>(found->second));
            return {};
        }
        std::string known;
        for (const auto& [name, value] : words) known += (known.empty() ? "" : ", ") + name;
        return "'" + word + "' is none of " + known;
    };
    return CLI::Validator(take, "", names);
}

}  // namespace plimsoll::cli
