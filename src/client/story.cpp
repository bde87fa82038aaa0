#include "client/threads.hpp"

using namespace plimsoll;
using namespace plimsoll::client;

namespace {

plimsoll_status tell_text(plimsoll_client* client, segment::EventType type, plimsoll_text text) {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    tell(client, own_ring(client), type, text, now_ns());
    return PLIMSOLL_OK;
}

// Unsigned, because the smallest number has no positive partner.
std::uint64_t size_of(std::int64_t n) {
    const auto bits = static_cast<std::uint64_t>(n);
    return n < 0 ? ~bits + 1 : bits;
}

}  // namespace

plimsoll_status plimsoll_scope_begin(plimsoll_client* client, plimsoll_text name) noexcept {
    return tell_text(client, segment::EventType::scope_begin, name);
}

plimsoll_status plimsoll_scope_end(plimsoll_client* client) noexcept {
    return tell_text(client, segment::EventType::scope_end, 0);
}

plimsoll_status plimsoll_mark(plimsoll_client* client, plimsoll_text name) noexcept {
    return tell_text(client, segment::EventType::mark, name);
}

plimsoll_status plimsoll_cover(plimsoll_client* client, uint32_t subject,
                               plimsoll_coverage coverage, plimsoll_text why) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (subject >= PLIMSOLL_SUBJECT_COUNT || coverage > PLIMSOLL_UNKNOWN) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    segment::SubjectCoverage& to = header(client).coverage[subject];
    segment::store(to.coverage, static_cast<std::uint32_t>(coverage));
    segment::store(to.why, why);
    segment::store_release(to.stated, 1u);
    return PLIMSOLL_OK;
}

plimsoll_status plimsoll_verified(plimsoll_client* client, plimsoll_devices devices,
                                  plimsoll_region region, int64_t difference_bytes) noexcept {
    if (!ready(client)) return PLIMSOLL_DETACHED;
    if (devices >= segment::kMaxSets || region >= PLIMSOLL_REGION_COUNT) {
        return PLIMSOLL_INVALID_ARGUMENT;
    }
    segment::Header& h = header(client);
    segment::add<std::uint64_t>(h.verified, 1);
    if (difference_bytes != 0) {
        segment::add<std::uint64_t>(h.verified_differing, 1);
        std::int64_t worst = segment::load(h.worst_difference_bytes);
        while (size_of(difference_bytes) > size_of(worst) &&
               !__atomic_compare_exchange_n(&h.worst_difference_bytes, &worst, difference_bytes,
                                            true, __ATOMIC_RELAXED, __ATOMIC_RELAXED)) {
        }
    }
    return PLIMSOLL_OK;
}

void plimsoll_unmatched_free(plimsoll_client* client) noexcept {
    if (ready(client)) segment::add<std::uint64_t>(header(client).unmatched_frees, 1);
}
