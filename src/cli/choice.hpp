#pragma once

#include <CLI/CLI.hpp>
#include <map>
#include <string>
#include <utility>

namespace plimsoll::cli {

// Takes one of these words as its value; of any other it says which there are.
template <class Enum>
CLI::Validator choice(std::map<std::string, Enum> words) {
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
    return CLI::Validator(take, "");
}

}  // namespace plimsoll::cli
