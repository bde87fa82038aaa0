#include "client/registry.hpp"

#include "client/threads.hpp"

namespace plimsoll::client {
namespace {

plimsoll_client* clients[kMaxClients];
pthread_once_t once = PTHREAD_ONCE_INIT;
pthread_key_t end_of_thread;
bool end_of_thread_known;

template <class Do>
void for_each(Do action) {
    for (plimsoll_client*& entry : clients) {
        plimsoll_client* client = __atomic_load_n(&entry, __ATOMIC_ACQUIRE);
        if (client != nullptr) action(client);
    }
}

void on_thread_end(void*) {
    for_each([](plimsoll_client* client) {
        if (segment::load(client->forked) == 0) leave_rings(client);
    });
}

// The control lock is held for a few table writes and never across a call of the runtime, so the
// forking thread waits for microseconds at most, and the child gets it unlocked.
void before_fork() {
    for_each([](plimsoll_client* client) { ::pthread_mutex_lock(&client->control); });
}
void after_fork_in_parent() {
    for_each([](plimsoll_client* client) { ::pthread_mutex_unlock(&client->control); });
}
void after_fork_in_child() {
    for_each([](plimsoll_client* client) {
        segment::store(client->forked, 1u);
        ::pthread_mutex_unlock(&client->control);
    });
}

void watch_process() {
    ::pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
    end_of_thread_known = ::pthread_key_create(&end_of_thread, on_thread_end) == 0;
}

}  // namespace

bool enroll(plimsoll_client* client) {
    ::pthread_once(&once, watch_process);
    for (plimsoll_client*& entry : clients) {
        if (segment::exchange_if<plimsoll_client*>(entry, nullptr, client)) return true;
    }
    return false;
}

void dismiss(plimsoll_client* client) {
    for (plimsoll_client*& entry : clients) {
        segment::exchange_if<plimsoll_client*>(entry, client, nullptr);
    }
}

void watch_end_of_thread() {
    // Any value but null has the key's function called.
    if (end_of_thread_known) ::pthread_setspecific(end_of_thread, &end_of_thread);
}

}  // namespace plimsoll::client
