# shellcheck shell=bash
# Building from a checkout, only where something changed. Sourced after setup.sh.

# stale STAMP FOLDER...: true where a source file under the folders is newer than the stamp, or came or went since.
stale() {
  local stamp=$1
  shift
  [ -f "$stamp" ] || return 0
  sources "$@" | cmp --silent - "$stamp" || return 0
  [ -n "$(find "$@" "${not_ours[@]}" -type f -newer "$stamp" -print 2>/dev/null || true)" ]
}

not_ours=("(" -name node_modules -o -name bin -o -name obj -o -name wwwroot -o -name dist ")" -prune -o)

# A folder that is not there has no files.
sources() { { find "$@" "${not_ours[@]}" -type f -print 2>/dev/null || true; } | LC_ALL=C sort; }

# built NAME FOLDER... -- COMMAND...: runs the command unless nothing under the folders changed since it last succeeded.
built() {
  local stamp="$root/.cofferdam/built/$1" folders=()
  shift
  while [ "$1" != -- ]; do
    folders+=("$1")
    shift
  done
  shift
  stale "$stamp" "${folders[@]}" || return 0
  mkdir -p "$root/.cofferdam/built"
  # Taken before the build: what is edited meanwhile counts as changed.
  sources "${folders[@]}" >"$stamp.new"
  "$@"
  mv "$stamp.new" "$stamp"
}

shared_inputs=("$root/Directory.Build.props" "$root/Directory.Packages.props" "$root/global.json" "$root/.editorconfig")

# The server with its web pages, the witness, and the command line. Restores in locked mode (Directory.Build.props).
build_product() {
  built product "$root/src" "$root/web" "${shared_inputs[@]}" -- compile_product
}

compile_product() {
  ensure_node
  say "building; the first time takes a minute or two"
  # Analyzers guard changes, in ./test; they would double the time to the first page.
  compile "$root/src/Server/Server.csproj" -p:RunAnalyzers=false
  compile "$root/src/Witness/Witness.csproj" -p:RunAnalyzers=false
  compile "$root/src/VaultHost/VaultHost.csproj" -p:RunAnalyzers=false
  compile "$root/src/Cli/Cli.csproj" -p:RunAnalyzers=false
}

# compile PROJECT [OPTION...]: silent unless something is wrong.
compile() {
  local output
  output=$(dotnet build "$@" --configuration Release --verbosity quiet --nologo -nodeReuse:false 2>&1) || {
    printf '%s\n' "$output" >&2
    return 1
  }
}

server="$root/src/Server/bin/Release/net10.0/cofferdam-server"
# shellcheck disable=SC2034 # Used by those who source this.
witness="$root/src/Witness/bin/Release/net10.0/cofferdam-witness"
vault="$root/src/VaultHost/bin/Release/net10.0/cofferdam-vault"
cli="$root/src/Cli/bin/Release/net10.0/cofferdam"
