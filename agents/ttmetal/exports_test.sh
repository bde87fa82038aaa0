#!/bin/sh
# exports_test.sh LIBRARY EXPORTS_MAP: the agent exports exactly the names in its map, every name of
# a seam is there, and nothing is wanted from a C++ library: hosts bring their own.
set -eu
library=$1 map=$2
names=$(dirname "$map")/seam_names.hpp

exported=$(nm -D --defined-only "$library" | awk '{print $3}' | sort)
listed=$(sed -n 's/^    \([^ ;]*\);$/\1/p' "$map" | sort)
if [ -z "$exported" ] || [ "$exported" != "$listed" ]; then
    echo "exported and listed names differ:"
    printf '%s\n' "$exported" "$listed" | sort | uniq -u
    exit 1
fi

# A name may be written in several pieces.
listed=$(printf '%s\n' "$listed" | grep '^_Z')
named=$(sed -e ':join' -e '/\\$/{N;s/\\\n//;b join' -e '}' "$names" |
    sed -n -e 's/" *"//g' -e 's/^#define [A-Z_]* *"\(.*\)"$/\1/p' | sort)
if [ "$named" != "$listed" ]; then
    echo "names of seams and listed names differ:"
    printf '%s\n' "$named" "$listed" | sort | uniq -u
    exit 1
fi

wanted=$(nm -D --undefined-only "$library" | awk '{print $NF}' |
    grep -E '^(_Z|__cxa_(throw|begin|end|guard|pure|allocate|rethrow)|__gxx)' || true)
if [ -n "$wanted" ]; then
    echo "needs a C++ library:"
    echo "$wanted"
    exit 1
fi
