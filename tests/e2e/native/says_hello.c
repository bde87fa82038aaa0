/* Linked statically, or given rights of its own: runs the command that stands behind it, if any. */
#include <stdio.h>
#include <unistd.h>

int main(int argc, char** argv) {
    printf("hello\n");
    fflush(stdout);
    if (argc > 1) execv(argv[1], argv + 1);
    return argc > 1 ? 127 : 7;
}
