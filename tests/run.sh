#!/bin/sh
# Everything the tests need, then all of them: first the sanitized and the clang builds (unit, golden
# and hostile tests), last the plain build with the readers that are not ours.
# Usage: tests/run.sh [--quick]   (--quick: the plain build alone)
set -eu
cd "$(dirname "$0")/.."
quick=${1:-}

sh gen/install.sh --tests
echo "npm: installing what tests/node/package.json names"
(cd tests/node && npm ci --ignore-scripts --no-audit --no-fund --loglevel=error >/dev/null)

build() { # FOLDER OPTION…
    folder=$1
    shift
    echo "compiling into $folder/"
    if ! { cmake -S . -B "$folder" -G Ninja -DTANDEM_TESTS=ON "$@" && cmake --build "$folder"; } >"$folder.log" 2>&1; then
        tail -60 "$folder.log" >&2
        exit 1
    fi
    rm -f "$folder.log"
}

export LSAN_OPTIONS="suppressions=$PWD/tests/lsan.supp:print_suppressions=0"
export TSAN_OPTIONS="suppressions=$PWD/tests/tsan.supp"

test_in() { # FOLDER OPTION…
    folder=$1
    shift
    echo "testing $folder/"
    (cd "$folder" && ctest --output-on-failure --timeout 600 "$@")
}

if [ "$quick" != --quick ]; then
    build build-asan -DTANDEM_SANITIZE=ON
    test_in build-asan -LE readers -j 2
    build build-tsan -DTANDEM_TSAN=ON
    test_in build-tsan -L threads
    build build-clang -DCMAKE_C_COMPILER=clang
    test_in build-clang -LE readers -j 2
fi
build build -DCMAKE_BUILD_TYPE=Release
slowest() {
    awk '/Test +#/ { for (i = 1; i <= NF; i++) if ($i == "sec") print $(i - 1), $4 }' "$1" |
        sort -rn | head -10
}
code=0
test_in build -j 2 >build/tests.log 2>&1 || code=$?
echo "the ten slowest, in seconds:"
slowest build/tests.log
cat build/tests.log
exit $code
