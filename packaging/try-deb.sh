#!/usr/bin/env bash
# Installs the package and starts it with the network off: in a network namespace that has not even loopback up.
# Root on Debian 12. Leaves the machine without the package, as it was.
set -euo pipefail

deb=$(readlink -f "${1:?usage: try-deb.sh FILE.deb}")
fail() { printf 'try-deb: %s\n' "$*" >&2; exit 1; }
[ "$(id -u)" = 0 ] || fail "installing a package needs root"

package=$(dpkg-deb -f "$deb" Package)
work=$(mktemp -d)
trap 'dpkg --remove "$package" >/dev/null 2>&1 || true; rm -rf "$work"' EXIT

dpkg --install "$deb" >"$work/install.log" 2>&1 || { cat "$work/install.log" >&2; fail "the package does not install"; }
program=$(dpkg -L "$package" | sed -n '\|^/usr/bin/.|p' | sed '1!d')
[ -n "$program" ] || fail "the package has no program"
exported=$(nm -D --defined-only "$program" | grep -c ' sqlite3_' || true)
[ "$exported" = 0 ] || fail "$exported sqlite3 symbols would replace the system's inside WebKit"
[ -f /usr/share/kakanai/packs/mihon-city/pack.toml ] || fail "the sample pack is not installed"

cat >"$work/inside.sh" <<'INSIDE'
set -eu
work=$1 program=$2
[ -z "$(ip -br addr show up)" ] || { echo "the namespace has a network" >&2; exit 1; }
mkdir -p "$work/home"
export LANG=C.UTF-8 HOME="$work/home" KAKANAI_HOME="$work/home" DISPLAY=:83 NO_AT_BRIDGE=1 WEBKIT_DISABLE_DMABUF_RENDERER=1
# A release program must not obey this: it would open its pages to a remote program.
export TAURI_WEBVIEW_AUTOMATION=true
Xvfb $DISPLAY -screen 0 1920x900x24 -nolisten tcp >/dev/null 2>&1 &
server=$!
for _ in $(seq 100); do xdpyinfo >/dev/null 2>&1 && break; sleep 0.1; done
"$program" >"$work/app.log" 2>&1 &
app=$!
stop() { kill "$app" "$server" 2>/dev/null || true; wait 2>/dev/null || true; }
trap stop EXIT
shown=0
for _ in $(seq 300); do
  shown=$(xdotool search --onlyvisible --name '書かない窓口' 2>/dev/null | wc -l)
  [ "$shown" -ge 2 ] && break
  kill -0 "$app" 2>/dev/null || { cat "$work/app.log" >&2; echo "the app has ended" >&2; exit 1; }
  sleep 0.1
done
[ "$shown" -ge 2 ] || { echo "only $shown of 2 windows are there" >&2; exit 1; }
listening=$(ss -Hltun)
[ -z "$listening" ] || { echo "something listens: $listening" >&2; exit 1; }
tr '\0' '\n' <"/proc/$app/environ" | grep -q '^TAURI_WEBVIEW_AUTOMATION' && { echo "the automation variable is obeyed" >&2; exit 1; }
echo "both windows are there, nothing listens, no network"
INSIDE
unshare --net bash "$work/inside.sh" "$work" "$program" || { cat "$work/app.log" >&2 2>/dev/null; fail "the installed app does not start without a network"; }
printf 'try-deb: %s: installed, started without a network, %s KiB installed\n' "$(basename "$deb")" "$(dpkg-query -W -f '${Installed-Size}' "$package")"
