#include "collect/surroundings.hpp"

#include <gtest/gtest.h>
#include <unistd.h>

namespace plimsoll::collect {
namespace {

const std::string kId = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

TEST(Surroundings, AContainersIdIsInItsCgroup) {
    EXPECT_EQ(container_in("0::/system.slice/docker-" + kId + ".scope\n"), kId);
    EXPECT_EQ(container_in("5:memory:/docker/" + kId), kId);
    EXPECT_EQ(container_in("0::/machine.slice/libpod-" + kId + ".scope/container"), kId);
    EXPECT_EQ(container_in("0::/user.slice/user-1000.slice"), "");
    EXPECT_EQ(container_in("0::/" + kId + "ab"), "");  // longer than an id
    EXPECT_EQ(container_in(""), "");
}

TEST(Surroundings, APodsUidIsInItsCgroup) {
    const std::string uid = "0a1b2c3d-1111-2222-3333-444455556666";
    EXPECT_EQ(pod_in("0::/kubepods/burstable/pod" + uid + "/" + kId), uid);
    EXPECT_EQ(pod_in("0::/kubepods.slice/kubepods-besteffort.slice/kubepods-besteffort-"
                     "pod0a1b2c3d_1111_2222_3333_444455556666.slice/cri-containerd-" +
                     kId + ".scope"),
              uid);
    EXPECT_EQ(pod_in("0::/tripod0a1b"), "");
    EXPECT_EQ(pod_in("0::/"), "");
}

TEST(Surroundings, ARankIsTheFirstVariableThatIsANumber) {
    using namespace std::string_view_literals;
    const auto environment = "A=1\0PMI_RANK=x\0RANK=3\0OTHER_RANK=4\0"sv;
    EXPECT_EQ(number_in(environment, {"PMI_RANK", "RANK"}), 3);
    EXPECT_EQ(number_in(environment, {"OTHER_RANK", "RANK"}), 4);
    EXPECT_EQ(number_in(environment, {"RAN"}), std::nullopt);
    EXPECT_EQ(number_in("", {"RANK"}), std::nullopt);
}

TEST(Surroundings, AProcessThatIsThereHasACommand) {
    EXPECT_NE(surroundings_of(::getpid()).command, "");
    EXPECT_EQ(surroundings_of(-1).command, "");
}

}  // namespace
}  // namespace plimsoll::collect
