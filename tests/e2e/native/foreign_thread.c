/* Calls a function in a thread that no Python knows of, and waits for its end. */
#include <pthread.h>
#include <stddef.h>

static void* call(void* function) {
    ((void (*)(void))function)();
    return NULL;
}

int in_foreign_thread(void (*function)(void)) {
    pthread_t thread;
    return pthread_create(&thread, NULL, call, (void*)function) != 0 ||
           pthread_join(thread, NULL) != 0;
}
