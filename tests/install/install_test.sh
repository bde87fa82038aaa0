#!/bin/sh
# Installs below a folder of its own, which is not the one that was configured.
#
#   install_test.sh CMAKE BUILD_FOLDER C_COMPILER LIBDIR
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
