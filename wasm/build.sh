#!/usr/bin/env bash
# Builds the module and prints its path: wasm/build.sh
# With rustup's target where that is installed. Else with a compiler that has the source of its standard library
# beside it, such as Debian's rustc-web with rust-web-src; the library is then built along.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."

target=wasm32-unknown-unknown
fail() { printf 'build-wasm: %s\n' "$*" >&2; exit 3; }

# The library of a compiler, and its source: of another version than the compiler it would not build.
has_library() { compgen -G "$("$1" --print target-libdir --target $target 2>/dev/null)/libcore-*.rlib" >/dev/null; }
has_source() { [ -f "$("$1" --print sysroot)/lib/rustlib/src/rust/library/Cargo.lock" ]; }
minimum=$(sed -n 's/^rust-version = "\(.*\)"$/\1/p' Cargo.toml)
is_recent() { printf '%s\n%s\n' "$minimum" "$("$1" --version | cut -d' ' -f2)" | sort -CV; }

arguments=(rustc --locked --profile wasm -p kakanai-wasm --lib --crate-type cdylib --target "$target")
command -v cargo >/dev/null && compiler=$(type -P rustc) || fail "cargo and rustc are missing"
if ! has_library "$compiler"; then
  compiler=
  while read -r candidate; do
    has_source "$candidate" && is_recent "$candidate" && compiler=$candidate && break
  done < <(printf '%s\n' "${KAKANAI_WASM_RUSTC:-$(type -aP rustc)}")
  [ -n "$compiler" ] || fail "no $target: rustup target add $target" \
    "(on Debian without it: rustc-web and rust-web-src, at least $minimum, which bookworm-security has)"
  # Debian's compiler has no linker for the target; rustup's has, and so has the package lld.
  linker=$(rustc --print sysroot)/lib/rustlib/$(rustc -vV | sed -n 's/^host: //p')/bin/rust-lld
  [ -x "$linker" ] || linker=$(compgen -c wasm-ld | sort -V | tail -n 1)
  [ -n "$linker" ] || fail "no linker for $target: apt-get install lld"
  export RUSTC=$compiler CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER=$linker
  arguments+=(-Z build-std=std,panic_abort -Z build-std-features=optimize_for_size)
fi

# The separator keeps paths with spaces whole.
flags=
flag() { flags+="${flags:+$'\x1f'}$1"; }
# Nobody reads what a module would say of itself while it fails: no debug texts, no places in the sources. These two
# switches are not stable yet, hence the variable. And WebAssembly multiplies 64 bits at once.
export RUSTC_BOOTSTRAP=1
flag -Zfmt-debug=none
flag -Zlocation-detail=none
flag '--cfg=curve25519_dalek_bits="64"'
# No path of this machine in the module.
hide() { flag "--remap-path-prefix=$1=$2"; }
library=$("$compiler" --print sysroot)/lib/rustlib/src/rust
hide "$PWD" /kakanai
hide "${CARGO_HOME:-$HOME/.cargo}" /cargo
hide "$library" /rust
hide "$(readlink -m "$library")" /rust
CARGO_ENCODED_RUSTFLAGS=$flags cargo "${arguments[@]}" >&2

module=$(readlink -f "${CARGO_TARGET_DIR:-target}/$target/wasm")
optimizer=ui/node_modules/.bin/wasm-opt
[ -x "$optimizer" ] || fail "wasm-opt is missing: npm --prefix ui ci"
features=(--enable-bulk-memory --enable-bulk-memory-opt --enable-sign-ext --enable-mutable-globals
  --enable-nontrapping-float-to-int --enable-multivalue --enable-reference-types --enable-call-indirect-overlong)
# The loops made anew and the size looked for twice: 1.6 % smaller as it travels.
"$optimizer" -Oz --flatten --rereloop -Oz -Oz "${features[@]}" --strip-debug --strip-producers --strip-target-features \
  "$module/kakanai_wasm.wasm" -o "$module/engine.wasm"
echo "$module/engine.wasm"
