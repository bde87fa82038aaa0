// Throws what the agent looks at, and tells how often it was caught. As a program, and as a library
// for one that has no C++ library of its own.
#include <cstdio>
#include <stdexcept>
#include <string>

extern "C" __attribute__((visibility("default"))) int caught(int times) {
    int count = 0;
    for (int i = 0; i < times; ++i) {
        try {
            throw std::runtime_error("Out of Memory: Not enough space to allocate " +
                                     std::to_string(i) + " B");
        } catch (const std::exception& error) {
            count += std::string(error.what()).find(std::to_string(i)) != std::string::npos;
        }
    }
    return count;
}

// As whoever catches an error and throws one with the same words.
extern "C" __attribute__((visibility("default"))) int throws_anew(const char* text) {
    try {
        throw std::runtime_error(text);
    } catch (const std::exception&) {
        return 1;
    }
}

int main() { std::printf("%d\n", caught(1000)); }
