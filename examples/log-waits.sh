#!/bin/sh
# A line in a file for each time that a session began to wait for a person, or stopped:
#   WAIT_LOG=waits.tsv vitals on status_changed --concurrency 1 -- examples/log-waits.sh
set -eu
: "${WAIT_LOG:?set it to the file to write}"

if [ "$VITALS_STATUS" = needs_input ]; then
  change=waits
elif [ "$VITALS_OLD_STATUS" = needs_input ]; then
  change=goes-on
else
  exit 0
fi
printf '%s\t%s\t%s\t%s\n' "$VITALS_TIME" "$VITALS_SESSION" "$change" "$VITALS_STATUS" >>"$WAIT_LOG"
