#include "agents/ttmetal/modules.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <string>
#include <thread>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

template <class Function>
std::uintptr_t address_of(Function* function) {
    return reinterpret_cast<std::uintptr_t>(function);
}

std::string own_path() {
    char path[4096];
    const ssize_t length = ::readlink("/proc/self/exe", path, sizeof path);
    return {path, static_cast<std::size_t>(length)};
}

TEST(Modules, HoldTheAddressesOfTheProgramAndItsLibraries) {
    const Module* own = module_of(address_of(&own_path));
    const Module* library = module_of(address_of(&::getenv));
    ASSERT_NE(own, nullptr);
    ASSERT_NE(library, nullptr);

    EXPECT_EQ(own->path, own_path());
    EXPECT_FALSE(own->of_runtime);
    EXPECT_NE(std::string(library->path).find("libc"), std::string::npos);
    EXPECT_TRUE(library->of_runtime);
    EXPECT_EQ(module_of(address_of(&address_of<int>)), own);
}

TEST(Modules, HoldNothingElse) {
    const int on_the_stack = 0;
    EXPECT_EQ(module_of(reinterpret_cast<std::uintptr_t>(&on_the_stack)), nullptr);
    EXPECT_EQ(module_of(0), nullptr);
    EXPECT_EQ(module_of(UINTPTR_MAX), nullptr);
}

TEST(Modules, AreTheSameInEveryThread) {
    std::vector<std::thread> threads;
    for (int i = 0; i < 8; ++i) {
        threads.emplace_back([] {
            for (int j = 0; j < 1000; ++j) {
                EXPECT_EQ(module_of(address_of(&own_path))->path, own_path());
            }
        });
    }
    for (std::thread& thread : threads) thread.join();
}

}  // namespace
}  // namespace plimsoll::ttmetal
