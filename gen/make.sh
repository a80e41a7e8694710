#!/bin/sh
# From a fresh clone to the materials: installs what is missing, compiles the program into build/,
# and builds content/ into out/. Arguments go to `tandem build`.
set -eu
cd "$(dirname "$0")/.."
sh gen/install.sh
echo "compiling into build/"
cmake -S . -B build -G Ninja -DCMAKE_BUILD_TYPE=Release -DTANDEM_TESTS=OFF >build.log 2>&1 || {
    cat build.log >&2
    exit 3
}
cmake --build build --target tandem >>build.log 2>&1 || {
    cat build.log >&2
    exit 3
}
rm -f build.log
echo "building content/ into out/"
exec build/tandem build "$@"
