#!/bin/sh
# Installs below a folder of its own and uses the result as somebody else does: a runtime in C that
# reports itself is built with CMake's package and with pkg-config, and runs; tests in C++ are judged
# by what they leave; the program runs, has its manual pages, and shells complete it.
#
#   install_test.sh CMAKE BUILD_FOLDER C_COMPILER LIBDIR CXX_COMPILER
set -eu

cmake=$1 build=$2 cc=$3 libdir=$4 cxx=$5
here=$(cd "$(dirname "$0")" && pwd)
consumer=$here/consumer
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

# Of the tests in C++ those fail that leave something behind, and no others.
quietly "$cmake" -G Ninja -S "$here/gtest_consumer" -B "$work/gtest" \
    -DCMAKE_PREFIX_PATH="$installed" -DCMAKE_C_COMPILER="$cc" -DCMAKE_CXX_COMPILER="$cxx"
quietly "$cmake" --build "$work/gtest"
"$work/gtest/gtest_consumer" >"$work/log" 2>&1 && { echo "no test failed" >&2; exit 1; }
grep -E '^\[  FAILED  \] [A-Z].*[^)]$|^plimsoll: ' "$work/log" | LC_ALL=C sort -u >"$work/failures"
if ! diff "$here/gtest_consumer/failures.txt" "$work/failures" >&2; then
    cat "$work/log" >&2
    exit 1
fi
quietly "$work/gtest/gtest_consumer" --gtest_filter=-Bad*
"$work/gtest/gtest_consumer" unwatched >"$work/log" 2>&1 || { cat "$work/log" >&2; exit 1; }
grep -q '^plimsoll: no test was judged by its device memory: .' "$work/log" ||
    { echo "it does not say that nothing was judged" >&2; exit 1; }

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

for page in plimsoll plimsoll-run plimsoll-check plimsolld; do
    [ -s "$installed/share/man/man1/$page.1" ] || { echo "no page of $page" >&2; exit 1; }
done
quietly bash "$here/completion_test.bash" "$installed"
