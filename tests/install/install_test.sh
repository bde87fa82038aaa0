#!/bin/sh
# Installs below a folder of its own, which is not the one that was configured, and uses the result as
# somebody else does: runtimes in C report themselves, tests in C++ are judged by what they leave, the
# programs run and have their manual pages, and shells complete them.
#
#   install_test.sh CMAKE BUILD_FOLDER C_COMPILER LIBDIR CXX_COMPILER
set -eu

here=$(cd "$(dirname "$0")" && pwd)
consumer=$here/consumer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/installed.sh"

installed=$work/a/prefix
quietly "$1" --install "$2" --prefix "$installed"
build_consumers "$1" "$3" "$installed" "$4"
run_programs "$installed"
check_unit "$installed" "$installed/bin"

# Of the tests in C++ those fail that leave something behind, and no others.
quietly "$1" -G Ninja -S "$here/gtest_consumer" -B "$work/gtest" \
    -DCMAKE_PREFIX_PATH="$installed" -DCMAKE_C_COMPILER="$3" -DCMAKE_CXX_COMPILER="$5"
quietly "$1" --build "$work/gtest"
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

for page in plimsoll plimsoll-run plimsoll-check plimsolld; do
    [ -s "$installed/share/man/man1/$page.1" ] || { echo "no page of $page" >&2; exit 1; }
done
quietly bash "$here/completion_test.bash" "$installed"
