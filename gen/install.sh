#!/bin/sh
# Installs the Debian packages of gen/packages.txt that are missing. With --tests, those that only
# the tests need as well. A line may end in "unless COMMAND": skipped where that command exists.
set -eu
list="$(dirname "$0")/packages.txt"
want_tests=no
[ "${1:-}" = --tests ] && want_tests=yes

missing=
while read -r name unless command _; do
    case "$name" in
    '' | '#'*) continue ;;
    test:*) [ $want_tests = yes ] || continue; name=${name#test:} ;;
    esac
    if [ "$unless" = unless ] && command -v "$command" >/dev/null 2>&1; then
        continue
    fi
    status=$(dpkg-query -W -f '${db:Status-Status}' "$name" 2>/dev/null || true)
    [ "$status" = installed ] || missing="$missing $name"
done <"$list"

if [ -z "$missing" ]; then
    echo "packages: nothing is missing"
    exit 0
fi
echo "packages: installing$missing"
as_root=
if [ "$(id -u)" != 0 ]; then
    command -v sudo >/dev/null 2>&1 || {
        echo "packages: run this as root, or install sudo" >&2
        exit 3
    }
    as_root="sudo"
fi
export DEBIAN_FRONTEND=noninteractive
$as_root apt-get update -q
# shellcheck disable=SC2086 # a list of names, none with spaces
$as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends $missing
