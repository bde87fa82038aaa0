#pragma once

#include <memory>

#include "top/screen.hpp"
#include "top/state.hpp"

namespace plimsoll::top {

// The terminal that standard input and output are, for as long as this lives. One at a time.
class Terminal {
  public:
    // Null: they are no terminal, or one that nothing is known of.
    static std::unique_ptr<Terminal> open();
    ~Terminal();
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    [[nodiscard]] Size size() const;
    void draw(const Picture& picture);
    // The next key, or none after so many milliseconds.
    Press wait(int milliseconds);

  private:
    Terminal() = default;
};

}  // namespace plimsoll::top
