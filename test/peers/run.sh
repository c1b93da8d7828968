#!/usr/bin/env bash
# The same models in other checkers: their counts and verdicts must equal ours. Peers come from Debian's packages.
set -uo pipefail
cd "$(dirname "$0")"
root=$PWD/../..
failed=0

if ! command -v spin >/dev/null || ! command -v rumur >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends spin rumur gcc libc6-dev) >/dev/null 2>&1
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

ours() { # spec, field of states, options…
  local spec=$1 field=$2
  shift 2
  node "$root/dist/cli.js" "$root/specs/$spec" "$@" --json --out "$work" 2>/dev/null \
    | node -e 'const r = JSON.parse(require("fs").readFileSync(0)); console.log(r.models[0].states[process.argv[1]])' "$field"
}

same() { # what, ours, theirs
  if [ -n "$2" ] && [ "$2" = "$3" ]; then
    echo "ok: $1: $2"
  else
    echo "DIFFERENT: $1: ours '$2', theirs '$3'"
    failed=1
  fi
}

spin_counts() { # what, Promela file, its constants, our spec, options…
  local what=$1 model=$root/test/peers/$2 constants=$3 spec=$4 log
  shift 4
  # shellcheck disable=SC2086 # the constants are several words
  log=$(cd "$work" && rm -f pan* && spin -a -o1 -o3 $constants "$model" >/dev/null && gcc -O2 -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000)
  same "$what: distinct states (Spin)" "$(ours "$spec" distinct "$@")" "$(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' <<< "$log")"
  same "$what: generated states (Spin)" "$(ours "$spec" generated "$@")" "$(sed -n 's/^ *\([0-9]*\) transitions.*/\1/p' <<< "$log")"
}

if command -v spin >/dev/null && command -v gcc >/dev/null; then
  for n in 3 4; do
    spin_counts "filter lock, $n processes" filter-lock.pml "-DN=$n" filter-lock.ts --set processes=$n --property 'mutual*'
  done
  for readers in 1 2; do
    spin_counts "QRCU, $readers readers and 2 updaters" qrcu.pml "-DREADERS=$readers -DUPDATERS=2" qrcu.ts --model qrcu --set readers=$readers --set updaters=2
  done
else
  echo "skipped: Spin is not installed and cannot be"
fi

if command -v rumur >/dev/null && command -v gcc >/dev/null; then
  for model in peterson two-phase-commit; do
    (cd "$work" && rumur --threads 1 --symmetry-reduction off --deadlock-detection off --output "$model.c" "$root/test/peers/$model.m" \
      && gcc -std=c11 -O2 -march=native -o "$model" "$model.c" -lpthread) >/dev/null 2>&1
    "$work/$model" > "$work/$model.log" 2>&1
    states=$(sed -n 's/.*[^0-9]\([0-9][0-9]*\) states.*/\1/p' "$work/$model.log" | tail -1)
    fired=$(sed -n 's/.* \([0-9][0-9]*\) rules fired.*/\1/p' "$work/$model.log" | tail -1)
    same "$model: distinct states (Rumur)" "$(ours "$model.ts" distinct)" "$states"
    same "$model: generated states (Rumur, and its initial state)" "$(ours "$model.ts" generated)" "$((fired + 1))"
  done
else
  echo "skipped: Rumur is not installed and cannot be"
fi

exit $failed
