#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::view {

// A picture while it is composed, from the top downward. Text is escaped here.
class SvgPage {
  public:
    static constexpr int kWidth = 960;
    static constexpr int kMargin = 24;

    // The next line of text; moves down.
    void line(std::string_view text, std::string_view style, double x = kMargin);
    // Text at this height that does not move it.
    void text(double x, double y, std::string_view text, std::string_view style);
    // `hover`: what it says when pointed at; empty: nothing.
    void box(double x, double y, double width, double height, std::string_view style,
             std::string_view hover);

    void down(double height) { y_ += height; }
    [[nodiscard]] double y() const { return y_; }

    [[nodiscard]] std::string finish(std::string_view title, std::string_view description) const;

  private:
    std::string body_;
    double y_ = kMargin;
};

}  // namespace plimsoll::view
