#include "protocol/frame.hpp"

#include <gtest/gtest.h>

namespace plimsoll::protocol {
namespace {

TEST(Frame, IsALengthAndAText) { EXPECT_EQ(framed("abc"), std::string("\3\0\0\0abc", 7)); }

TEST(Frame, ComesOutWholeHoweverItsBytesCame) {
    const std::string stream = framed("first") + framed("second");
    for (std::size_t piece = 1; piece <= stream.size(); ++piece) {
        FrameReader reader(100);
        std::string out;
        for (std::size_t at = 0; at < stream.size(); at += piece) {
            reader.put(std::string_view(stream).substr(at, piece));
            while (const auto text = reader.next()) out += *text + ";";
        }
        EXPECT_EQ(out, "first;second;") << piece;
        EXPECT_FALSE(reader.is_broken());
    }
}

TEST(Frame, ALengthThatIsNoneBreaksTheStream) {
    for (const std::string& bytes : {std::string(4, '\0'), framed("12345"), std::string(9, 'x')}) {
        FrameReader reader(4);
        reader.put(bytes);
        EXPECT_FALSE(reader.next());
        EXPECT_TRUE(reader.is_broken());
        reader.put(framed("fine"));
        EXPECT_FALSE(reader.next());
    }
    FrameReader reader(4);
    reader.put(framed("1234"));
    EXPECT_EQ(reader.next(), "1234");
}

}  // namespace
}  // namespace plimsoll::protocol
