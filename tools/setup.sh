#!/bin/sh
# Makes the environment, for `run` or for `test`. Silent when there is nothing to do.
set -eu
purpose=$1
python=${PYTHON:-python3}
export UV_PYTHON_DOWNLOADS=never

say() { printf '%s\n' "$*"; }

"$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null || {
    say "Python 3.11, 3.12 or 3.13 is needed; '$python' is not one. Set PYTHON to one and try again."
    exit 1
}

# What the system must bring. A library is looked for by name: its package differs between releases.
missing=""
has_library() { "$python" -c "import ctypes.util, sys; sys.exit(not ctypes.util.find_library('$1'))" 2>/dev/null; }
[ -x .boot/bin/uv ] || "$python" -c 'import ensurepip, venv' 2>/dev/null || missing="$missing python3-venv"
has_library pango-1.0 || missing="$missing libpango-1.0-0"
has_library pangoft2-1.0 || missing="$missing libpangoft2-1.0-0"
has_library harfbuzz-subset || missing="$missing libharfbuzz-subset0"
if [ "$purpose" = test ]; then
    for browser in chromium firefox-esr Xvfb:xvfb WebKitWebDriver:webkit2gtk-driver; do
        [ -x "/usr/bin/${browser%%:*}" ] || missing="$missing ${browser#*:}"
    done
    has_library nss3 || missing="$missing libnss3"
    has_library atomic || missing="$missing libatomic1" # Playwright brings a Node that needs it
fi
if [ -n "$missing" ]; then
    if [ "$(id -u)" = 0 ]; then become=""
    elif sudo -n true 2>/dev/null; then become="sudo"
    else
        say "The system lacks:$missing. Run this line, then try again:"
        say "  sudo apt-get update && sudo apt-get install -y --no-install-recommends$missing"
        exit 1
    fi
    say "Installing system packages:$missing"
    $become apt-get update -qq
    # shellcheck disable=SC2086
    $become env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing > /dev/null
fi

if ! .boot/bin/uv --version > /dev/null 2>&1; then
    say "Installing uv into .boot"
    rm -rf .boot
    "$python" -m venv .boot
    .boot/bin/pip install -q --disable-pip-version-check --require-hashes -r requirements/bootstrap.txt
fi

# An environment made for the tests serves `run` too, and is not made smaller by it.
set_of=run
if [ "$purpose" = test ] || [ -e .venv/.stamp-dev ]; then set_of=dev; fi
wanted=$(cat "requirements/$set_of.txt" pyproject.toml | sha256sum | cut -c1-64)
if [ "$(cat ".venv/.stamp-$set_of" 2>/dev/null || true)" != "$wanted" ] || ! .venv/bin/python -c '' 2>/dev/null; then
    say "Installing Python packages ($set_of)"
    [ -x .venv/bin/python ] && .venv/bin/python -c '' 2>/dev/null || .boot/bin/uv venv -q --clear --python "$python" .venv
    rm -f .venv/.stamp-*
    .boot/bin/uv pip sync -q --python .venv --require-hashes "requirements/$set_of.txt"
    .boot/bin/uv pip install -q --python .venv --no-deps --editable .
    printf '%s\n' "$wanted" > ".venv/.stamp-$set_of"
fi

if [ "$purpose" = test ]; then
    wanted=$(sha256sum < package-lock.json | cut -c1-64)
    if [ "$(cat node_modules/.stamp 2>/dev/null || true)" != "$wanted" ]; then
        say "Installing the checkers for the floor browsers"
        PATH="$PWD/.venv/bin:$PATH" npm ci --silent --ignore-scripts --no-audit --no-fund
        printf '%s\n' "$wanted" > node_modules/.stamp
    fi
fi
