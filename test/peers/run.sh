#!/usr/bin/env bash
# The same models in other checkers: their counts and verdicts must equal ours. Peers come from Debian's packages.
set -uo pipefail
cd "$(dirname "$0")"
root=$PWD/../..

if ! command -v spin >/dev/null || ! command -v rumur >/dev/null; then
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends spin rumur gcc libc6-dev) >/dev/null 2>&1
  fi
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

here=$work
source agree.sh

spin_counts() { # what, Promela file, its constants, our spec, options…
  local what=$1 model=$root/test/peers/$2 constants=$3 spec=$4 log
  shift 4
  # shellcheck disable=SC2086 # the constants are several words
  log=$(cd "$work" && rm -f pan* && spin -a -o1 -o3 $constants "$model" >/dev/null && gcc -w -DSAFETY -DNOREDUCE -o pan pan.c && ./pan -m1000000)
  report "$root/specs/$spec" "$@"
  same "$what: distinct states (Spin)" "$(ours distinct)" "$(sed -n 's/^ *\([0-9]*\) states, stored.*/\1/p' <<< "$log")"
  same "$what: generated states (Spin)" "$(ours generated)" "$(sed -n 's/^ *\([0-9]*\) transitions.*/\1/p' <<< "$log")"
}

spin_verifier() { # Promela file, its constants: a verifier of all its claims
  # shellcheck disable=SC2086 # the constants are several words
  (cd "$work" && rm -f pan* && spin -a -o1 -o3 $2 "$root/test/peers/$1" >/dev/null && gcc -w -DNOREDUCE -o pan pan.c)
}

spin_verdict() { # name of the claim, options of the run of the verifier made before: `holds` or `violated`
  local log
  log=$(cd "$work" && ./pan -a -m1000000 -N "$@" 2>/dev/null)
  if grep -q 'depth too small' <<< "$log"; then echo unfinished; elif grep -q 'errors: 0' <<< "$log"; then echo holds; elif grep -q 'errors: [1-9]' <<< "$log"; then echo violated; else echo failed; fi
}

if command -v spin >/dev/null && command -v gcc >/dev/null; then
  # Weak fairness of each process (-f) is our weak fairness of each action.
  report toggles.ts --model toggles
  spin_verifier toggles.pml ''
  for claim in again for_good together once in_turn answered one_for_the_other freed held; do
    same "toggles: $claim (Spin)" "$(verdict_of $claim)" "$(spin_verdict $claim -f)"
  done
  report "$root/specs/filter-lock.ts" --model filter-lock --property 'p0 gets in'
  spin_verifier ../../bench/peers/spin/filter-lock-liveness.pml -DN=4
  same 'filter lock: process 0 gets in (Spin)' "$(verdict_of 'p0 gets in')" "$(spin_verdict gets_in -f)"
  # The difference: in Spin a run goes on while it can; ours may stop unless fairness forces it.
  spin_verifier one-step.pml ''
  report one-step.ts --model unfair
  same 'one step, not fair: ours may stop before it' "$(verdict_of 'it comes')" violated
  same 'one step, not fair: it comes in Spin' holds "$(spin_verdict it_comes)"
  report one-step.ts --model fair
  same 'one step, fair: no difference (Spin)' "$(verdict_of 'it comes')" "$(spin_verdict it_comes)"
  for n in 3 4; do
    spin_counts "filter lock, $n processes" ../../bench/peers/spin/filter-lock.pml "-DN=$n" filter-lock.ts --set processes=$n --property 'mutual*'
  done
  for readers in 1 2; do
    spin_counts "QRCU, $readers readers and 2 updaters" ../../bench/peers/spin/qrcu.pml "-DN=$readers" qrcu.ts --model qrcu --set readers=$readers --set updaters=2
  done
else
  echo "skipped: Spin is not installed and cannot be"
fi

rumur_counts() { # Murphi file, its reduction by symmetry, options for our spec of that name…
  local source=$1 symmetry=$2 model states fired
  shift 2
  model=$(basename "$source" .m)
  (cd "$work" && rumur --threads 1 --symmetry-reduction "$symmetry" --deadlock-detection off --output "$model.c" "$root/$source" \
    && gcc -std=c11 -O2 -march=native -o "$model" "$model.c" -lpthread) >/dev/null 2>&1
  "$work/$model" > "$work/$model.log" 2>&1
  states=$(sed -n 's/.*[^0-9]\([0-9][0-9]*\) states.*/\1/p' "$work/$model.log" | tail -1)
  fired=$(sed -n 's/.* \([0-9][0-9]*\) rules fired.*/\1/p' "$work/$model.log" | tail -1)
  report "$root/specs/$model.ts" --model "$model" "$@"
  same "$model: distinct states (Rumur, symmetry $symmetry)" "$(ours distinct)" "$states"
  same "$model: generated states (Rumur, and its initial states)" "$(ours generated)" "$((fired + $(ours initial)))"
}

if command -v rumur >/dev/null && command -v gcc >/dev/null; then
  rumur_counts test/peers/peterson.m off
  rumur_counts bench/peers/rumur/two-phase-commit.m off
  rumur_counts test/peers/german.m off
  rumur_counts test/peers/german.m exhaustive --reduce symmetry
else
  echo "skipped: Rumur is not installed and cannot be"
fi

exit $failed
