# completion_test.bash PREFIX: what bash completes for the programs that are installed there.
set -euo pipefail

PATH=$1/bin:$PATH
source "$1/share/bash-completion/completions/plimsoll"
source "$1/share/bash-completion/completions/plimsolld"

completed() { # WORDS...: the last one is what is completed
    COMP_WORDS=("$@") COMP_CWORD=$(($# - 1))
    COMPREPLY=()
    "_$1"
    echo "${COMPREPLY[*]}"
}

expect() { # EXPECTED WORDS...
    local expected=$1 got
    shift
    got=$(completed "$@")
    [[ $got == "$expected" ]] || { echo "'$*' completes to '$got', not '$expected'" >&2; exit 1; }
}

contains() { # WORD WORDS...
    local word=$1 got
    shift
    got=$(completed "$@")
    [[ " $got " == *" $word "* ]] || { echo "'$*' completes to '$got' without $word" >&2; exit 1; }
}

expect 'machines mark' plimsoll ma
contains check plimsoll ''
expect '--machine' plimsoll run --mac
expect '--sarif' plimsoll check --quiet --sa
expect '' plimsoll run --sa
expect 'p100 p150 p150x8' plimsoll run --machine p1
expect 't3k' plimsoll check --machine = t
expect 'left-at-exit' plimsoll run --fail-on left
expect 'left-at-exit,error' plimsoll run --fail-on left-at-exit,err
expect 'json' plimsoll run --report x.json --report-format js
expect 'program-forgets-circular-buffers' plimsoll demo --defect program-f
expect 'attached' plimsoll wait 1 --until a
expect 'l1 l1_small' plimsoll show 1 --region l1
expect '--socket' plimsolld --so
cd "$1/share"
expect 'man' plimsoll explain ma
expect 'left-at-exit' plimsoll explain report.json left
expect 'man' plimsoll run --report ma
contains printf plimsoll run -- print
contains printf plimsoll run --quiet -- print

# A process that holds memory is offered by its PID.
plimsoll() { printf '{\n "processes": [\n  {\n   "pid": 4711,\n   "name": "x"\n  }\n ]\n}\n'; }
expect '4711' plimsoll show ''
expect '4711' plimsoll leaks 47
