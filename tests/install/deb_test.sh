#!/bin/sh
# Makes the Debian package, reads what it says of itself, unpacks it and uses it where it lies.
#
#   deb_test.sh CPACK CMAKE BUILD_FOLDER C_COMPILER LIBDIR
set -eu

here=$(cd "$(dirname "$0")" && pwd)
consumer=$here/consumer
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
. "$here/installed.sh"

(cd "$3" && quietly "$1" -G DEB -B "$work/packages")
package=$(echo "$work"/packages/plimsoll_*.deb)

expect() { # FIELD PATTERN
    value=$(dpkg-deb -f "$package" "$1")
    case $value in
        $2) ;;
        *) echo "$1 is '$value', expected '$2'" >&2; exit 1 ;;
    esac
}
version=$(sed -n 's/^CMAKE_PROJECT_VERSION:STATIC=//p' "$3/CMakeCache.txt")
expect Package plimsoll
expect Version "$version"
expect Architecture "$(dpkg --print-architecture)"
for library in libc6 libdw1 libelf1 libfmt libncursesw6 libstdc++6 libsystemd0; do
    expect Depends "*$library*"
done

dpkg-deb -x "$package" "$work/root"
build_consumers "$2" "$4" "$work/root/usr" "$5"
run_programs "$work/root/usr"
check_unit "$work/root/usr" /usr/bin
[ -f "$work/root/usr/share/doc/plimsoll/copyright" ]
# All of it is of /usr, and may be read.
[ "$(ls "$work/root")" = usr ]
[ -z "$(find "$work/root/usr" ! -perm -a+r)" ]
dpkg-deb --ctrl-tarfile "$package" | tar -t | grep -qx ./prerm
