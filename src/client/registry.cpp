#include "client/registry.hpp"

#include "client/threads.hpp"

namespace plimsoll::client {
namespace {

plimsoll_client* clients[kMaxClients];
// Held while the list changes, while a thread's end goes through it, and across fork, so that no
// client comes or goes in between. Taken before any client's control lock.
pthread_mutex_t changes = PTHREAD_MUTEX_INITIALIZER;
pthread_once_t once = PTHREAD_ONCE_INIT;
pthread_key_t end_of_thread;
bool end_of_thread_known;

template <class Do>
void for_each(Do action) {
    for (plimsoll_client* client : clients) {
        if (client != nullptr) action(client);
    }
}

void on_thread_end(void*) {
    ::pthread_mutex_lock(&changes);
    for_each([](plimsoll_client* client) {
        if (writes_own_segment(client)) leave_rings(client);
    });
    ::pthread_mutex_unlock(&changes);
}

// The control lock is held for a few table writes and never across a call of the runtime, so the
// forking thread waits for microseconds at most, and the child gets it unlocked.
void before_fork() {
    ::pthread_mutex_lock(&changes);
    for_each([](plimsoll_client* client) {
        ::pthread_mutex_lock(&client->control);
        keep_names_for_child(client);
    });
}
void after_fork_in_parent() {
    for_each([](plimsoll_client* client) { ::pthread_mutex_unlock(&client->control); });
    ::pthread_mutex_unlock(&changes);
}
void after_fork_in_child() {
    for_each([](plimsoll_client* client) {
        segment::store(client->forked, 1u);
        ::pthread_mutex_unlock(&client->control);
    });
    ::pthread_mutex_unlock(&changes);
}

void watch_process() {
    ::pthread_atfork(before_fork, after_fork_in_parent, after_fork_in_child);
    end_of_thread_known = ::pthread_key_create(&end_of_thread, on_thread_end) == 0;
}

bool replace(plimsoll_client* before, plimsoll_client* after) {
    bool found = false;
    ::pthread_mutex_lock(&changes);
    for (plimsoll_client*& entry : clients) {
        if (entry != before) continue;
        entry = after;
        found = true;
        break;
    }
    ::pthread_mutex_unlock(&changes);
    return found;
}

}  // namespace

bool enroll(plimsoll_client* client) {
    ::pthread_once(&once, watch_process);
    return replace(nullptr, client);
}

void dismiss(plimsoll_client* client) { (void)replace(client, nullptr); }

void watch_end_of_thread() {
    // Any value but null has the key's function called.
    if (end_of_thread_known) ::pthread_setspecific(end_of_thread, &end_of_thread);
}

}  // namespace plimsoll::client
