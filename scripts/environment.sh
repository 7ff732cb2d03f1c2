#!/bin/sh
# Makes .venv hold exactly what the lock file says: `environment.sh runtime` or `environment.sh dev`.
# Works with python3 and pip alone: Debian's python3-venv is not needed.
set -eu
cd "$(dirname "$0")/.."
case "${1:-runtime}" in
    dev) lock=requirements-dev.txt ;;
    *) lock=requirements.txt ;;
esac
stamp=.venv/.installed-$(basename "$lock" .txt)
# What dev installs contains all of runtime, pinned to the same versions.
if [ "$lock" = requirements.txt ] && [ -f .venv/.installed-requirements-dev ] \
    && cmp -s requirements-dev.txt .venv/.installed-requirements-dev && [ -x .venv/bin/python ]; then
    exit 0
fi
if [ -x .venv/bin/python ] && [ -f "$stamp" ] && cmp -s "$lock" "$stamp"; then
    exit 0
fi
if ! python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Sentra Semarang needs Python 3.11 or newer as python3; found: $(python3 --version 2>&1 || echo none)." >&2
    exit 1
fi
if [ ! -x .venv/bin/python ]; then
    echo "==> Making the environment .venv"
    python3 -m venv --without-pip .venv
fi
echo "==> Installing the packages of $lock (the first time takes a minute)"
python3 -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --require-hashes -r "$lock"
cp "$lock" "$stamp"
