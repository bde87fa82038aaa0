#include "symbols/function_name.hpp"

#include <gtest/gtest.h>

#include <string>

namespace plimsoll::symbols {
namespace {

TEST(FunctionName, LeavesOutWhatAFunctionTakesAndGives) {
    EXPECT_EQ(short_name("a::b::f(int, std::map<int, int>) const"), "a::b::f");
    EXPECT_EQ(short_name("std::vector<int> a::f<b>(int)"), "a::f<b>");
    EXPECT_EQ(short_name("main"), "main");
    EXPECT_EQ(short_name("f(void (*)(int)) [clone .cold]"), "f");
    EXPECT_EQ(short_name("a::name[abi:cxx11](int)"), "a::name");
}

TEST(FunctionName, KeepsWhatNamesAFunctionInsideOfAnother) {
    EXPECT_EQ(short_name("a::f(int)::{lambda(int)#2}::operator()(int) const"),
              "a::f::{lambda#2}::operator()");
    EXPECT_EQ(short_name("a::(anonymous namespace)::f(int)"), "a::{anonymous}::f");
}

TEST(FunctionName, KnowsOperators) {
    EXPECT_EQ(short_name("std::ostream& a::operator<< <int>(std::ostream&, int)"), "a::operator<<");
    EXPECT_EQ(short_name("bool operator<(a const&, a const&)"), "operator<");
    EXPECT_EQ(short_name("a::operator bool() const"), "a::operator bool");
    EXPECT_EQ(short_name("a::operators(int)"), "a::operators");
}

TEST(FunctionName, CutsWhatIsLong) {
    EXPECT_EQ(short_name("a::f<" + std::string(60, 'x') + ">(int)"), "a::f<...>");
    EXPECT_EQ(short_name(std::string(200, 'x')), std::string(77, 'x') + "...");
    EXPECT_EQ(function_name(std::string(10000, 'x').c_str()), std::string(80, 'x'));
}

TEST(FunctionName, TakesALinkersNameApart) {
    EXPECT_EQ(function_name("_ZN2tt8tt_metal11distributed10MeshDevice5closeEv"),
              "tt::tt_metal::distributed::MeshDevice::close");
    EXPECT_EQ(function_name("main"), "main");
    EXPECT_EQ(function_name("_Znonsense"), "_Znonsense");
}

TEST(FunctionName, ReadsTheHeadOfWhatADemanglerDoesNotKnow) {
    EXPECT_EQ(function_name("_ZZN4ttnn6detail6launchIJ?"), "ttnn::detail::launch");
    EXPECT_EQ(function_name("_ZN4ttnn99detail?"), "ttnn");
    EXPECT_EQ(function_name("_ZN99999999999999999999999?").substr(0, 3), "_ZN");
}

TEST(FunctionName, SurvivesWhatIsNoName) {
    for (const char* text : {"", "(", "<", ">", "a<(", "operator", "operator ", "operator<",
                             "[abi:", "a::operator-", "{lambda(", "a()::", " [clone "}) {
        (void)short_name(text);
    }
}

}  // namespace
}  // namespace plimsoll::symbols
