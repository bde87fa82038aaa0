// Built with and without debug information; the symboliser's test looks for what stands here.
namespace planted {

template <class T>
[[gnu::noinline]] T twice(T value);

extern "C" const int line_of_the_sum = __LINE__ + 3;
template <class T>
T twice(T value) {
    return value + value;
}
template int twice(int value);

}  // namespace planted
