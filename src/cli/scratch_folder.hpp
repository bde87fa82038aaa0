#pragma once

#include <filesystem>
#include <optional>
#include <string>

namespace plimsoll::cli {

// A fresh folder that only this user can enter; it goes with all it holds. Move-only.
class ScratchFolder {
  public:
    // In $XDG_RUNTIME_DIR, $TMPDIR or /tmp, whichever is usable and short enough for a socket's
    // path. Nothing when none is; errno says why, and problem() after it.
    static std::optional<ScratchFolder> make();
    static std::string problem();

    ScratchFolder(ScratchFolder&& other) noexcept : path_(std::move(other.path_)) {
        other.path_.clear();
    }
    ScratchFolder& operator=(ScratchFolder&&) = delete;
    ~ScratchFolder();

    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

  private:
    explicit ScratchFolder(std::filesystem::path path) : path_(std::move(path)) {}
    std::filesystem::path path_;
};

}  // namespace plimsoll::cli
