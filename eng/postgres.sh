# shellcheck shell=bash
# A PostgreSQL cluster of one's own, in a temporary folder, gone afterwards. Sourced after setup.sh.

postgres_home=
postgres_url=

# PostgreSQL refuses to run as root, so root runs it as the package's user, or as nobody.
as_postgres() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
    return
  fi
  local user=nobody
  id postgres >/dev/null 2>&1 && user=postgres
  if command -v setpriv >/dev/null; then
    (cd "$postgres_home" && setpriv --reuid="$user" --regid="$(id -g "$user")" --clear-groups "$@")
  else
    (cd "$postgres_home" && su -s /bin/sh "$user" -c "$(printf '%q ' "$@")")
  fi
}

# start_postgres [SETTING=VALUE ...]: starts a cluster on 127.0.0.1 and sets $postgres_url. Its one user may connect
# without a password, from this machine alone; nothing but made-up data ever lies in it.
start_postgres() {
  ensure_postgres
  postgres_home=$(mktemp -d "${TMPDIR:-/tmp}/cofferdam-postgres-XXXXXX")
  if [ "$(id -u)" -eq 0 ]; then
    if id postgres >/dev/null 2>&1; then chown postgres "$postgres_home"; else chown nobody "$postgres_home"; fi
  fi
  as_postgres "$postgres_bin/initdb" --pgdata="$postgres_home/data" --username=cofferdam --auth=trust --encoding=UTF8 --no-locale --no-sync >"$postgres_home.log" 2>&1 ||
    { cat "$postgres_home.log" >&2; fail "initdb failed"; }

  local port try setting settings="-c listen_addresses=127.0.0.1 -c unix_socket_directories=$postgres_home -c max_connections=200"
  for setting in "$@"; do settings+=" -c $setting"; done
  for try in 1 2 3 4 5 6 7 8; do
    port=$((20000 + RANDOM % 12000))
    if as_postgres "$postgres_bin/pg_ctl" start --pgdata="$postgres_home/data" --log="$postgres_home/log" --wait --silent -o "-p $port $settings" >>"$postgres_home.log" 2>&1; then
      postgres_url="postgres://cofferdam@127.0.0.1:$port"
      return
    fi
  done
  cat "$postgres_home.log" "$postgres_home/log" >&2
  fail "PostgreSQL did not start in $try tries"
}

stop_postgres() {
  [ -n "$postgres_home" ] || return 0
  as_postgres "$postgres_bin/pg_ctl" stop --pgdata="$postgres_home/data" --mode=immediate --silent >/dev/null 2>&1 || true
  rm -rf "$postgres_home" "$postgres_home.log"
  postgres_home=
}
