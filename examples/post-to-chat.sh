#!/bin/sh
# A message to a chat's incoming webhook, which takes {"text": "…"}, when a session wants input or ends:
#   CHAT_WEBHOOK_URL=https://… vitals on status_changed,terminated -- examples/post-to-chat.sh
set -eu
: "${CHAT_WEBHOOK_URL:?set it to the address of the webhook}"

case "$VITALS_EVENT:${VITALS_STATUS:-}" in
  status_changed:needs_input) message="$VITALS_SESSION wants input" ;;
  terminated:*) message="$VITALS_SESSION has ended: exit code ${VITALS_EXIT_CODE:-unknown}" ;;
  *) exit 0 ;;
esac

# An id has no sign that JSON would have to escape, and nothing that an agent wrote is sent.
curl --fail --silent --show-error --max-time 20 \
  --header 'content-type: application/json' --data "{\"text\":\"$message\"}" "$CHAT_WEBHOOK_URL" >/dev/null
