#!/bin/sh
# A desktop notice when a session wants input or ends:
#   vitals on status_changed,terminated -- examples/desktop-notice.sh
set -eu

case "$VITALS_EVENT:${VITALS_STATUS:-}" in
  status_changed:needs_input) title="$VITALS_SESSION wants input" ;;
  terminated:*) title="$VITALS_SESSION has ended" ;;
  *) exit 0 ;;
esac

if ! command -v notify-send >/dev/null; then
  echo "desktop-notice: there is no notify-send here: install libnotify-bin" >&2
  exit 1
fi
notify-send --app-name=vitals -- "$title" "${VITALS_EVIDENCE:-}"
