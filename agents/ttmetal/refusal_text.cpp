#include "agents/ttmetal/refusal_text.hpp"

#include <string.h>

namespace plimsoll::ttmetal {
namespace {

// The sentence with the figures is far shorter; the runtime's stack follows in other lines.
constexpr std::size_t kLongestSentence = 1024;

// Reads a sentence from left to right. What is not found leaves the place as it was.
class Sentence {
  public:
    Sentence(const char* at, std::size_t length) : at_(at), end_(at + length) {
        if (length > kLongestSentence) end_ = at + kLongestSentence;
        if (const void* line = memchr(at, '\n', static_cast<std::size_t>(end_ - at))) {
            end_ = static_cast<const char*>(line);
        }
    }

    bool pass(const char* words) {
        const std::size_t length = strlen(words);
        const void* found = memmem(at_, static_cast<std::size_t>(end_ - at_), words, length);
        if (found == nullptr) return false;
        at_ = static_cast<const char*>(found) + length;
        return true;
    }

    // The number that stands directly after `words`.
    std::uint64_t number_after(const char* words) {
        const char* before = at_;
        std::uint64_t number = PLIMSOLL_NOT_KNOWN;
        if (pass(words)) number = digits();
        if (number == PLIMSOLL_NOT_KNOWN) at_ = before;
        return number;
    }

    // The next number of those in this sentence, up to `limit`.
    std::uint64_t next_number(char limit) {
        while (at_ != end_ && *at_ != limit && !is_digit(*at_)) ++at_;
        return digits();
    }

  private:
    static bool is_digit(char letter) { return letter >= '0' && letter <= '9'; }

    // Not known: there is none, or more than 64 bits hold.
    std::uint64_t digits() {
        if (at_ == end_ || !is_digit(*at_)) return PLIMSOLL_NOT_KNOWN;
        std::uint64_t number = 0;
        bool fits = true;
        for (; at_ != end_ && is_digit(*at_); ++at_) {
            fits = fits && !__builtin_mul_overflow(number, 10u, &number) &&
                   !__builtin_add_overflow(number, static_cast<unsigned>(*at_ - '0'), &number);
        }
        return fits ? number : PLIMSOLL_NOT_KNOWN;
    }

    const char* at_;
    const char* end_;
};

// "[0-0 - 7-3]", or to 0.69 "[(x=0,y=0) - (x=7,y=7)]".
void read_cores(Sentence& sentence, RefusalText* to) {
    if (!sentence.pass("core range [")) return;
    std::uint64_t corners[4];
    to->has_cores = true;
    for (std::uint64_t& corner : corners) {
        corner = sentence.next_number(']');
        to->has_cores = to->has_cores && corner <= UINT16_MAX;
    }
    if (to->has_cores) to->cores = {corners[0], corners[1], corners[2], corners[3]};
}

void read_out_of_memory(Sentence& sentence, RefusalText* to) {
    to->bytes = sentence.number_after("to allocate ");
    to->banks = sentence.number_after("across ");
    to->bytes_per_bank = sentence.number_after("to store ");
    to->bank_bytes = sentence.number_after("bank size is ");
    to->allocated = sentence.number_after("allocated: ");
    to->free = sentence.number_after("free: ");
    to->largest_free = sentence.number_after("largest free block: ");
}

bool read_program(Sentence& sentence, RefusalText* to) {
    to->program_id = sentence.number_after("in program ");
    Sentence clash = sentence;
    if (clash.pass("clash with L1 buffers")) {
        to->reason = PLIMSOLL_CLASH;
        read_cores(clash, to);
        to->lowest_address = clash.number_after("allocated at ");
        to->region_end = clash.number_after("region ends at ");
        return true;
    }
    to->reason = PLIMSOLL_BEYOND_MEMORY;
    read_cores(sentence, to);
    to->region_end = sentence.number_after("grow to ");
    if (!sentence.pass("beyond max L1 size")) return false;
    to->bank_bytes = sentence.number_after("of ");
    return true;
}

}  // namespace

bool read_refusal(const char* text, std::size_t length, RefusalText* to) {
    constexpr char kOutOfMemory[] = "Out of Memory: Not enough space ";
    constexpr char kProgram[] = "Statically allocated ";
    const auto after = [&](const char* words, const char** found) {
        *found = static_cast<const char*>(memmem(text, length, words, strlen(words)));
        if (*found == nullptr) return std::size_t{0};
        *found += strlen(words);
        return length - static_cast<std::size_t>(*found - text);
    };
    *to = RefusalText{};
    const char* at = nullptr;
    if (const std::size_t left = after(kOutOfMemory, &at); at != nullptr) {
        Sentence sentence(at, left);
        read_out_of_memory(sentence, to);
        return true;
    }
    const std::size_t left = after(kProgram, &at);
    if (at == nullptr) return false;
    Sentence sentence(at, left);
    Sentence kind = sentence;
    to->kind = kind.pass("dataflow buffers") ? PLIMSOLL_DATAFLOW_BUFFER : PLIMSOLL_CIRCULAR_BUFFER;
    return read_program(sentence, to);
}

}  // namespace plimsoll::ttmetal
