#!/bin/sh
# capabilities_test.sh FOLDER: capabilities.cpp names every function of seam_names.hpp and
# runtime.hpp. What it leaves out would be missing in a release without anybody being told.
set -eu
cd "$1"

named=$(grep -oE 'PLIMSOLL_[A-Z_]+|runtime::[a-z_0-9]+' capabilities.cpp | sort -u)
seams=$(sed -n 's/^#define \(PLIMSOLL_[A-Z_]*\) .*/\1/p' seam_names.hpp)
# A declaration may go over several lines: its name stands before the brace, the mangled one behind.
accessors=$(tr -s '[:space:]' ' ' <runtime.hpp |
    grep -oE 'constinit Symbol<[^{]*>[^{>]*\{' | sed 's/.* \([a-z_0-9]*\){$/runtime::\1/')
wanted=$(printf '%s\n' "$seams" "$accessors" | sort -u)

if [ "$(printf '%s\n' "$wanted" | wc -l)" -lt 40 ]; then
    echo "the names in seam_names.hpp and runtime.hpp could not be read"
    exit 1
fi
if [ "$named" != "$wanted" ]; then
    echo "named in capabilities.cpp, or in seam_names.hpp and runtime.hpp, but not in both:"
    printf '%s\n' "$named" "$wanted" | sort | uniq -u
    exit 1
fi
