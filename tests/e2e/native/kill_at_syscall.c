/* kill_at_syscall N COMMAND...: runs the command and kills it when it begins its Nth system call.
 * Exit code 0: it was killed there; 1: it had ended before, by itself. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ptrace.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char** argv) {
    if (argc < 3) return 2;
    const long at = atol(argv[1]);
    const pid_t child = fork();
    if (child == 0) {
        ptrace(PTRACE_TRACEME, 0, NULL, NULL);
        raise(SIGSTOP);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    int status = 0;
    waitpid(child, &status, 0);
    ptrace(PTRACE_SETOPTIONS, child, NULL,
           (void*)(long)(PTRACE_O_TRACESYSGOOD | PTRACE_O_EXITKILL | PTRACE_O_TRACEEXEC));
    long begun = 0;
    int inside = 0, deliver = 0;
    for (;;) {
        ptrace(PTRACE_SYSCALL, child, NULL, (void*)(long)deliver);
        deliver = 0;
        if (waitpid(child, &status, 0) != child || WIFEXITED(status) || WIFSIGNALED(status))
            return 1;
        if (WSTOPSIG(status) == (SIGTRAP | 0x80)) {
            inside = !inside;
            if (inside && ++begun == at) {
                kill(child, SIGKILL);
                waitpid(child, &status, 0);
                return 0;
            }
        } else if (WSTOPSIG(status) != SIGTRAP) {
            deliver = WSTOPSIG(status);
        }
    }
}
