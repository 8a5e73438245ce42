# shellcheck shell=bash
# What the project needs on a machine, one function per tool. Sourced, never run: expects $root and `set -euo pipefail`.
#
# Each function checks first. What is missing is installed through the system's package manager or the publisher's own
# installer, as root or after a yes; where neither is possible it names the command that does it and stops.

tools="$root/.cofferdam/tools"

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "cofferdam: $*"
  exit 1
}

# may_install WHAT COMMAND: true as root or after a yes; otherwise names the command and stops.
may_install() {
  [ "$(id -u)" -eq 0 ] && return 0
  if [ -t 0 ]; then
    read -r -p "$1 is missing. Run \"$2\" now? [y/N] " answer
    case $answer in [yY]*) return 0 ;; esac
  fi
  fail "$1 is missing. This command installs it: $2"
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

# system_package WHAT APT DNF PACMAN BREW: installs one package by the name it has in the manager at hand.
# Everything it prints goes to standard error: callers' own output stays theirs.
system_package() {
  local what=$1 install
  if command -v apt-get >/dev/null; then
    install="apt-get install -y $2"
  elif command -v dnf >/dev/null; then
    install="dnf install -y $3"
  elif command -v pacman >/dev/null; then
    install="pacman -S --noconfirm $4"
  elif command -v brew >/dev/null; then
    install="brew install $5"
  else
    fail "$what is missing, and no package manager that this script knows is here. Install it and run this again."
  fi

  case $install in
  brew*) may_install "$what" "$install" ;;
  *) may_install "$what" "$([ "$(id -u)" -eq 0 ] || echo 'sudo ')$install" ;;
  esac
  say "installing $what: $install"
  case $install in
  # Words of the command are meant to be split.
  # shellcheck disable=SC2086
  brew*) $install >&2 ;;
  apt-get*)
    as_root apt-get update -q >&2
    as_root env DEBIAN_FRONTEND=noninteractive $install --no-install-recommends -q >&2
    ;;
  *) as_root $install >&2 ;;
  esac
}

# fetch URL FILE
fetch() {
  if command -v curl >/dev/null; then
    curl --fail --silent --show-error --location --output "$2" "$1"
  elif command -v wget >/dev/null; then
    wget --quiet --output-document="$2" "$1"
  else
    fail "neither curl nor wget is here to fetch $1"
  fi
}

has_dotnet() { command -v dotnet >/dev/null && dotnet --list-sdks 2>/dev/null | grep -q '^10\.'; }

# .NET 10 SDK, by Microsoft's own installer, into a folder of this checkout.
ensure_dotnet() {
  export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
  has_dotnet || export PATH="$tools/dotnet:$PATH"
  has_dotnet || install_dotnet
  # Our programs look for the runtime here.
  DOTNET_ROOT=$(dirname "$(realpath "$(command -v dotnet)")")
  export DOTNET_ROOT
}

install_dotnet() {
  local url=https://dot.net/v1/dotnet-install.sh
  may_install ".NET 10 SDK" "curl -L $url | bash -s -- --channel 10.0 --install-dir $tools/dotnet"
  say "installing .NET 10 SDK into $tools/dotnet"
  mkdir -p "$tools"
  fetch "$url" "$tools/dotnet-install.sh" || fail "could not fetch $url. Install the .NET 10 SDK (https://dot.net) and run this again."
  bash "$tools/dotnet-install.sh" --channel 10.0 --install-dir "$tools/dotnet" >&2
  has_dotnet || fail "the installer left no .NET 10 SDK in $tools/dotnet. Install it from https://dot.net and run this again."
}

has_node() {
  command -v node >/dev/null && command -v npm >/dev/null &&
    node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'
}

# Node 20.19 or newer: the publisher's archive, checked against its published sums, into a folder of this checkout.
# (Distributions' packages are often older than that.)
ensure_node() {
  has_node && return
  export PATH="$tools/node/bin:$PATH"
  has_node && return
  local base=https://nodejs.org/dist/latest-v22.x system machine file
  case $(uname -s) in Linux) system=linux ;; Darwin) system=darwin ;; *) fail "Node 20.19 or newer is missing. Install it from https://nodejs.org and run this again." ;; esac
  case $(uname -m) in x86_64) machine=x64 ;; aarch64 | arm64) machine=arm64 ;; *) fail "Node 20.19 or newer is missing. Install it from https://nodejs.org and run this again." ;; esac
  may_install "Node 20.19 or newer" "unpack $base/node-v22.*-$system-$machine.tar.gz into $tools/node"
  say "installing Node into $tools/node"
  mkdir -p "$tools/node"
  fetch "$base/SHASUMS256.txt" "$tools/node.sums" || fail "could not fetch $base. Install Node 20.19 or newer (https://nodejs.org) and run this again."
  file=$(awk -v end="-$system-$machine.tar.gz" 'substr($2, length($2) - length(end) + 1) == end { print $2 }' "$tools/node.sums")
  fetch "$base/$file" "$tools/$file"
  (cd "$tools" && grep " $file\$" node.sums | if command -v sha256sum >/dev/null; then sha256sum --check --quiet; else shasum -a 256 --check --quiet; fi) ||
    fail "$file is not what $base/SHASUMS256.txt says"
  tar -xzf "$tools/$file" -C "$tools/node" --strip-components=1
  rm "$tools/$file"
  has_node || fail "Node in $tools/node does not run. Install Node 20.19 or newer (https://nodejs.org) and run this again."
}

find_chromium() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable "/Applications/Chromium.app/Contents/MacOS/Chromium" "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"; do
    command -v "$name" && return
  done
  return 1
}

# Chromium for browser tests; exports COFFERDAM_CHROMIUM.
ensure_chromium() {
  if [ -z "${COFFERDAM_CHROMIUM:-}" ]; then
    find_chromium >/dev/null || system_package Chromium chromium chromium chromium "--cask chromium"
    COFFERDAM_CHROMIUM=$(find_chromium) || fail "Chromium is installed but not found. Set COFFERDAM_CHROMIUM to its path."
  fi
  export COFFERDAM_CHROMIUM
}

# The folder of PostgreSQL's own programs; Debian keeps them out of PATH. The newest wins.
find_postgres() {
  local folder
  if command -v initdb >/dev/null && command -v pg_ctl >/dev/null; then
    # Through links: beside them lie the others, pgbench among them.
    dirname "$(realpath "$(command -v initdb)")"
    return
  fi
  folder=$(find /usr/lib/postgresql /usr/pgsql-* /opt/homebrew/opt/postgresql* /usr/local/opt/postgresql* -name initdb 2>/dev/null | sort -V | tail -n 1)
  [ -n "$folder" ] && dirname "$folder"
}

# PostgreSQL's programs; sets $postgres_bin.
ensure_postgres() {
  find_postgres >/dev/null || system_package PostgreSQL postgresql postgresql-server postgresql postgresql@17
  postgres_bin=$(find_postgres) || fail "PostgreSQL is installed but initdb is not found. Put its bin folder into PATH."
}
