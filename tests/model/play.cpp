// model_play <SCENARIO: what the model does in it, a line for each event (model/scenario.hpp).
// Exit code 1 when a line is no step.
#include <iostream>

#include "model/scenario.hpp"

int main() try {
    for (const std::string& line : plimsoll::model::play(std::cin)) std::cout << line << '\n';
    return 0;
} catch (const std::exception& error) {
    std::cerr << "model_play: " << error.what() << '\n';
    return 1;
}
