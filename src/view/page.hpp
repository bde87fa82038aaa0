#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plimsoll::view {

enum class Colour : std::uint8_t { off, on };

// What pictures are drawn with.
enum class Glyphs : std::uint8_t { ascii, blocks };

// Colour only underlines what the words already say.
struct Style {
    Colour colour = Colour::off;
    Glyphs glyphs = Glyphs::ascii;
};

inline constexpr std::size_t kColumns = 100;

enum class Look : std::uint8_t { plain, strong, faint, error, warning, info };

// The report while it is composed. Every line that leaves it is printable and at most kColumns
// wide, whatever was put in.
class Page {
  public:
    explicit Page(Style style) : style_(style) {}

    void line(std::string_view text, Look look = Look::plain);
    // `head` in its look, then `rest` plain, on one line.
    void line(std::string_view head, Look look, std::string_view rest);
    // Wrapped; lines after the first begin `indent` columns in.
    void paragraph(std::string_view text, std::size_t indent, Look look = Look::plain);
    void blank();  // never two in a row

    [[nodiscard]] std::string text() && { return std::move(text_); }

  private:
    void put(std::string_view text, Look look);

    Style style_;
    std::string text_;
};

}  // namespace plimsoll::view
