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
[ -e "${0%/*}/over" ] && echo 1 >&3 || echo "$call" >"$queue"
read -r code <&3
for stream in 1 2; do [ ! -e "$call/$stream" ] || cat "$call/$stream" >&$stream; done
[ ! -e "${0%/*}/over" ] || echo "The PowerShell that stays has died: what dies needs a process of its own." >&2
rm -r "$call"
exit "$code"
