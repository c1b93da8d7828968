# Holds what we say of a model against what a peer says of it. Sourced by scripts that set `root`, and `here`: the folder of the report.
# They end with `exit $failed`.
failed=0

same() { # what, ours, theirs
  if [ -n "$2" ] && [ "$2" = "$3" ]; then
    echo "ok: $1: $2"
  else
    echo "DIFFERENT: $1: ours '$2', theirs '$3'"
    failed=1
  fi
}

report() { # spec (a path), options…: the report that the next functions ask
  node "$root/dist/cli.cjs" "$@" --json --out "$here" > "$here/report.json" 2>/dev/null
}

ours() { # field of states
  node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).models[0].states[process.argv[2]]' "$here/report.json" "$1"
}

verdict_of() { # property
  node -p 'JSON.parse(require("fs").readFileSync(process.argv[1])).models[0].properties.find(({ name }) => name === process.argv[2])?.verdict' \
    "$here/report.json" "$1"
}
