#!/bin/sh
# Installs below a folder of its own and uses the result as somebody else does: a runtime in C that
# reports itself is built with CMake's package and with pkg-config, and runs; the program runs.
#
#   install_test.sh CMAKE BUILD_FOLDER C_COMPILER LIBDIR
set -eu

cmake=$1 build=$2 cc=$3 libdir=$4
consumer=$(cd "$(dirname "$0")/consumer" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
installed=$work/a/prefix  # not the one that was configured

quietly() { # COMMAND...: the output matters only when the command fails
    "$@" >"$work/log" 2>&1 || { echo "failed: $*" >&2; cat "$work/log" >&2; exit 1; }
}

quietly "$cmake" --install "$build" --prefix "$installed"

quietly "$cmake" -G Ninja -S "$consumer" -B "$work/by-cmake" \
    -DCMAKE_PREFIX_PATH="$installed" -DCMAKE_C_COMPILER="$cc"
quietly "$cmake" --build "$work/by-cmake"
quietly "$work/by-cmake/consumer"

export PKG_CONFIG_PATH="$installed/$libdir/pkgconfig"
flags=$(pkg-config --cflags --libs plimsoll)
# The flags are words.
# shellcheck disable=SC2086
quietly "$cc" -std=c11 -Wall -Wextra -Werror -pedantic "$consumer/consumer.c" $flags \
    -o "$work/by-pkg-config"
quietly env LD_LIBRARY_PATH="$installed/$libdir" "$work/by-pkg-config"

# Nothing that the consumer was given lies in the tree that it was built from.
for part in $flags $(sed -n 's/^plimsoll_DIR:PATH=//p' "$work/by-cmake/CMakeCache.txt"); do
    case $part in
        -l*) ;;
        *"$installed"/*) ;;
        *) echo "not of the installation: $part" >&2; exit 1 ;;
    esac
done

quietly "$installed/bin/plimsoll" run -- true
if ! grep -q "no process of 'true' opened" "$work/log"; then
    echo "the installed program does not find its agent:" >&2
    cat "$work/log" >&2
    exit 1
fi
