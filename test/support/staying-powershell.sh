#!/bin/sh
# Stands in for PowerShell: hands its environment and its script to the one that stays (staying-powershell.ps1), and waits for the end.
# Beside the link by which this is called.
queue="${0%/*}/queue"
call=$(mktemp -d "$queue.XXXXXX") || exit 1
env -0 >"$call/environment"
while [ "$1" != -File ]; do shift; done
shift
printf '%s\0' "$PWD" "$@" >"$call/words"
mkfifo "$call/code"
# Open for both, so that neither side waits for the other, which may be gone.
exec 3<>"$call/code"
echo "$call" >"$queue"
read -r code <&3
cat "$call/1"
cat "$call/2" >&2
rm -r "$call"
exit "$code"
