#include "agents/ttmetal/python_text.hpp"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace plimsoll::ttmetal {
namespace {

// A Python string object, as one version lays it out.
template <class Character>
std::vector<char> python_string(const PythonLayout& layout,
                                const std::basic_string<Character>& characters, bool is_ascii) {
    const std::size_t header = is_ascii ? layout.text_header : layout.text_header_unicode;
    std::vector<char> object(header + (characters.size() + 1) * sizeof(Character));
    const std::size_t length = characters.size();
    const std::uint32_t state =
        std::uint32_t{sizeof(Character)} << 2 | 1u << 5 | (is_ascii ? 1u << 6 : 0);
    memcpy(object.data() + kTextLengthAt, &length, sizeof length);
    memcpy(object.data() + kTextState, &state, sizeof state);
    memcpy(object.data() + header, characters.data(), length * sizeof(Character));
    return object;
}

std::string written(const PythonLayout& layout, const std::vector<char>& object,
                    std::size_t room = 64) {
    std::string text(room, '?');
    text.resize(write_utf8(layout, object.data(), text.data(), room));
    return text;
}

TEST(PythonText, IsReadInEveryWidthOfEveryVersion) {
    for (const PythonLayout& layout : kPythonLayouts) {
        EXPECT_EQ(written(layout, python_string<char>(layout, "model.py", true)), "model.py");
        EXPECT_EQ(written(layout, python_string<char>(layout, "mod\xe8le", false)), "modèle");
        EXPECT_EQ(written(layout, python_string<char16_t>(layout, u"模型.py", false)), "模型.py");
        EXPECT_EQ(written(layout, python_string<char32_t>(layout, U"😀é", false)), "😀é");
    }
}

TEST(PythonText, IsCutBetweenCharacters) {
    const PythonLayout& layout = kPythonLayouts[0];
    EXPECT_EQ(written(layout, python_string<char16_t>(layout, u"模型", false), 5), "模");
    EXPECT_EQ(written(layout, python_string<char>(layout, "model.py", true), 5), "model");
}

TEST(PythonText, IsEmptyForAStringWhoseCharactersLieElsewhere) {
    const PythonLayout& layout = kPythonLayouts[0];
    std::vector<char> object = python_string<char>(layout, "model.py", true);
    object[kTextState] = static_cast<char>(object[kTextState] & ~(1 << 5));
    EXPECT_EQ(written(layout, object), "");
}

}  // namespace
}  // namespace plimsoll::ttmetal
