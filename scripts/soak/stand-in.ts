export interface StandInOptions {
  /** Where it keeps its transcripts, as Claude Code does in its own folder. */
  claudeDirectory: string;
  home: string;
  /** The command that a hook runs, as a shell reads it. */
  vitals: string;
}

/**
 * The text of a program that lives as its arguments say, each of them VERB=VALUE: `work` and `rest` for so many seconds,
 * `ask` until a line is typed, `hook` of that event, and at last `exit` with a code or `signal` itself. It prints, rings,
 * and, if it is given a `--session-id`, writes a transcript in the shape of Claude Code's.
 */
export const standIn = ({ claudeDirectory, home, vitals }: StandInOptions): string => `#!/bin/sh
conversation=
transcript=
if [ "$1" = --session-id ]; then
  conversation=$2
  folder=${claudeDirectory}/projects/$(pwd | sed 's/[^A-Za-z0-9]/-/g')
  transcript=$folder/$conversation.jsonl
  mkdir -p "$folder"
  shift 2
fi

now() { date -u +%Y-%m-%dT%H:%M:%S.%3NZ; }

# The kind of an entry, and its message.
note() {
  [ -z "$transcript" ] ||
    printf '{"type":"%s","isSidechain":false,"message":%s,"timestamp":"%s"}\\n' "$1" "$2" "$(now)" >>"$transcript"
}
prompt() { note user '{"role":"user","content":"Go on."}'; }
answer() {
  note assistant '{"id":"msg_1","role":"assistant","stop_reason":"end_turn","content":[{"type":"text","text":"'"$1"'"}]}'
}
call() {
  note assistant '{"id":"msg_1","role":"assistant","stop_reason":"tool_use","content":[{"type":"tool_use","id":"'"$1"'","name":"Bash","input":{}}]}'
  note user '{"role":"user","content":[{"type":"tool_result","tool_use_id":"'"$1"'","content":"ok"}]}'
}

work() {
  prompt
  done=0
  while [ "$done" -lt "$1" ]; do
    echo "step $done of $1"
    call "c$done"
    sleep 2
    done=$((done + 2))
  done
}

for step; do
  value=\${step#*=}
  case $step in
    work=*) work "$value" ;;
    rest=*) answer Done.; sleep "$value" ;;
    ask=*) answer 'May I go on?'; printf 'May I go on?\\a '; read -r line; echo "$line" ;;
    hook=*)
      printf '{"hook_event_name":"%s","session_id":"%s"}' "$value" "$conversation" |
        VITALS_HOME=${home} ${vitals} hook claude-code ;;
    exit=*) exit "$value" ;;
    signal=*) kill -s "$value" $$ ;;
  esac
done
`;
