#!/bin/sh
# Makes .venv hold what the lock file says: `environment.sh runtime` or `environment.sh dev`; and the secret, once.
# Works with python3 and pip alone: Debian's python3-venv, a compiler and root are not needed.
set -eu
cd "$(dirname "$0")/.."

say() { echo "==> $*"; }
stop() {
    echo "$*" >&2
    exit 1
}

# What the stamp says when nothing has to be done: the lock, the folder and the Python that .venv was made for.
# A venv that was moved, or whose python3 became another version, is useless although its files are there.
place() { .venv/bin/python -c 'import sys; print(sys.prefix, *sys.version_info[:2])' 2>/dev/null || true; }
state() { place && cksum <"$1"; }
holds() { [ -x .venv/bin/python ] && [ -f ".venv/.holds-$1" ] && [ "$(state "$1.txt")" = "$(cat ".venv/.holds-$1")" ]; }

case "${1:-runtime}" in
    dev) lock=requirements-dev ;;
    runtime) lock=requirements ;;
    *) stop "environment.sh knows runtime and dev, not $1." ;;
esac

install() {
    command -v python3 >/dev/null || stop "python3 is not installed. Sentra Semarang needs Python 3.11 or newer."
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' ||
        stop "Sentra Semarang needs Python 3.11 or newer as python3; here it is $(python3 --version 2>&1)."
    python3 -m pip --version >/dev/null 2>&1 ||
        stop "pip is missing. On Debian: apt-get install python3-pip"
    if [ -d .venv ] && [ "$(place)" != "$(cat .venv/.place 2>/dev/null)" ]; then
        rm -rf .venv
    fi
    if [ ! -d .venv ]; then
        say "Making the environment .venv"
        python3 -m venv --without-pip .venv
        place >.venv/.place
    fi
    say "Installing the packages of $lock.txt (the first time takes a minute)"
    rm -f .venv/.holds-*
    # Only ready-made wheels: what would need a compiler fails here with its name instead of half-way through a build.
    # The lock is complete: without looking for dependencies, a version released today cannot disturb it.
    python3 -m pip --python .venv/bin/python install --quiet --disable-pip-version-check --root-user-action=ignore \
        --no-deps --require-hashes --only-binary :all: --requirement "$lock.txt" ||
        stop "The packages could not be installed (see above). Is the network there? Try the same command again."
    state "$lock.txt" >".venv/.holds-$lock"
    # The development lock contains the whole runtime lock in the same versions.
    [ "$lock" = requirements ] || state requirements.txt >.venv/.holds-requirements
}

holds "$lock" || install

if [ ! -s var/secret_key ]; then
    say "Making the secret var/secret_key (once)"
    mkdir -p var
    # Written aside and moved, so that a stopped run leaves no empty secret; readable by its owner only.
    (umask 077 && .venv/bin/python -c 'import secrets; print(secrets.token_urlsafe(50))' >"var/secret_key.$$")
    mv "var/secret_key.$$" var/secret_key
fi
