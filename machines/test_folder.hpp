#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <utility>
#include <vector>

namespace plimsoll::machines {

// A fresh folder that goes with the test, with what tests of installed files need.
class TestFolder {
  public:
    TestFolder() {
        std::string name = (std::filesystem::temp_directory_path() / "plimsoll-test.XXXXXX");
        path_ = ::mkdtemp(name.data());
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    ~TestFolder() {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }

    const std::filesystem::path& path() const { return path_; }

    std::filesystem::path file(const std::string& name, const std::string& content) const {
        const auto path = path_ / name;
        std::filesystem::create_directories(path.parent_path());
        std::ofstream(path, std::ios::binary) << content;
        return path;
    }
    std::filesystem::path program(const std::string& name, const std::string& content) const {
        const auto path = file(name, content);
        std::filesystem::permissions(path, std::filesystem::perms(0755));
        return path;
    }
    // A package of the same shape as the wheel's, with two files in it.
    std::filesystem::path package() const {
        file("ttnn/__init__.py", "");
        file("ttnn/__pycache__/left.pyc", "");
        file("ttnn/generated/left.txt", "");
        file("ttnn/tt_metal/sfpi-version", "sfpi_version='7.8.9'\nsfpi_build='12'\n");
        file("ttnn/runtime/hw/soc.yaml", "");
        return path_ / "ttnn";
    }

  private:
    std::filesystem::path path_;
};

inline std::string content_of(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Changes variables of this process for one test and puts them back.
class TestEnvironment {
  public:
    TestEnvironment() = default;
    TestEnvironment(const TestEnvironment&) = delete;
    TestEnvironment& operator=(const TestEnvironment&) = delete;
    ~TestEnvironment() {
        for (auto it = before_.rbegin(); it != before_.rend(); ++it) {
            if (it->second.first) {
                ::setenv(it->first.c_str(), it->second.second.c_str(), 1);
            } else {
                ::unsetenv(it->first.c_str());
            }
        }
    }

    void set(const std::string& name, const std::string& value) {
        remember(name);
        ::setenv(name.c_str(), value.c_str(), 1);
    }
    void unset(const std::string& name) {
        remember(name);
        ::unsetenv(name.c_str());
    }

  private:
    void remember(const std::string& name) {
        const char* value = std::getenv(name.c_str());
        before_.push_back({name, {value != nullptr, value ? value : ""}});
    }
    std::vector<std::pair<std::string, std::pair<bool, std::string>>> before_;
};

}  // namespace plimsoll::machines
