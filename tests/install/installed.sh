# Uses an installation as somebody else does. Sourced; wants $work, a folder, and $consumer.

quietly() { # COMMAND...: the output matters only when the command fails
    "$@" >"$work/log" 2>&1 || { echo "failed: $*" >&2; cat "$work/log" >&2; exit 1; }
}

# A runtime in C that reports itself is built with CMake's package and with pkg-config, and runs.
build_consumers() { # CMAKE C_COMPILER PREFIX LIBDIR
    quietly "$1" -G Ninja -S "$consumer" -B "$work/by-cmake" \
        -DCMAKE_PREFIX_PATH="$3" -DCMAKE_C_COMPILER="$2"
    quietly "$1" --build "$work/by-cmake"
    quietly "$work/by-cmake/consumer"

    flags=$(PKG_CONFIG_PATH="$3/$4/pkgconfig" pkg-config --cflags --libs plimsoll)
    # The flags are words.
    # shellcheck disable=SC2086
    quietly "$2" -std=c11 -Wall -Wextra -Werror -pedantic "$consumer/consumer.c" $flags \
        -o "$work/by-pkg-config"
    quietly env LD_LIBRARY_PATH="$3/$4" "$work/by-pkg-config"

    # Nothing that the consumer was given lies in the tree that it was built from.
    for part in $flags $(sed -n 's/^[Pp]limsoll_DIR:PATH=//p' "$work/by-cmake/CMakeCache.txt"); do
        case $part in
            -l*) ;;
            *"$3"/*) ;;
            *) echo "not of the installation: $part" >&2; exit 1 ;;
        esac
    done
}

# The programs run, and find what belongs to them.
run_programs() { # PREFIX
    quietly "$1/bin/plimsolld" --version
    quietly "$1/bin/plimsoll" run -- true
    if ! grep -q "no process of 'true' opened" "$work/log"; then
        echo "the installed program does not find its agent:" >&2
        cat "$work/log" >&2
        exit 1
    fi
}

# The unit starts the program of this installation.
check_unit() { # FOLDER BINDIR: a prefix, and where its programs lie when it is in use
    if ! grep -qx "ExecStart=$2/plimsolld --quiet" "$1/lib/systemd/system/plimsolld.service"; then
        echo "the unit does not start $2/plimsolld:" >&2
        grep ExecStart "$1/lib/systemd/system/plimsolld.service" >&2
        exit 1
    fi
    grep -q "^ExecStart=$2/plimsolld .*--http" "$1/share/plimsoll/systemd/plimsolld-http.conf" ||
        { echo "the drop-in does not start $2/plimsolld with HTTP" >&2; exit 1; }
}
