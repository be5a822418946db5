/** The shells that there is a completion for. */
export const SHELLS = ['bash', 'zsh', 'fish'] as const;

export type Shell = (typeof SHELLS)[number];

// bash takes what stands around a = for words of their own, unless it is older than version 4.
const BASH = `# vitals completion for bash: source it, or put it where bash-completion looks.
_vitals() {
  local line part last cut= glued=
  local -a words=()
  COMPREPLY=()
  for part in "\${COMP_WORDS[@]:1:COMP_CWORD}"; do
    last=$((\${#words[@]} - 1))
    if [[ ( $part == = || -n $glued ) && $last -ge 0 ]]; then
      words[last]+=$part
    else
      words+=("$part")
    fi
    glued=
    [[ $part == = ]] && glued=yes
  done
  last=$((\${#words[@]} - 1))
  [[ \${words[last]} == --*=* && $COMP_WORDBREAKS == *=* ]] && cut="\${words[last]%%=*}="
  while IFS= read -r line; do
    line="\${line%%$'\\t'*}"
    COMPREPLY+=("\${line#"$cut"}")
  done < <("\${COMP_WORDS[0]/#\\~/$HOME}" complete -- "\${words[@]}" 2>/dev/null)
}
complete -o bashdefault -o default -F _vitals vitals
`;

const ZSH = `#compdef vitals
# vitals completion for zsh: source it after compinit, or call it _vitals in a directory of $fpath.
_vitals() {
  local line
  local -a candidates
  for line in "\${(@f)$("\${words[1]/#\\~/$HOME}" complete -- "\${(@Q)words[2,CURRENT]}" 2>/dev/null)}"; do
    [[ -n $line ]] && candidates+=("\${line/$'\\t'/:}")
  done
  if (( $#candidates )); then
    _describe vitals candidates
  else
    [[ $PREFIX == --*=* ]] && compset -P '*='
    _files
  fi
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then _vitals "$@"; else compdef _vitals vitals; fi
`;

const FISH = `# vitals completion for fish: source it, or save it as ~/.config/fish/completions/vitals.fish.
function __vitals_complete
    set -l words (commandline -opc) (commandline -ct)
    $words[1] complete -- $words[2..-1] 2>/dev/null
end
complete -c vitals -f -a '(__vitals_complete)'
complete -c vitals -n 'contains -- -- (commandline -opc)' -F
complete -c vitals -l home -r -F
complete -c vitals -l tmux-socket -r -F
complete -c vitals -l cwd -r -F
complete -c vitals -l cursor-file -r -F
complete -c vitals -s o -l output -r -F
`;

/** The script that a shell reads to complete `vitals`. */
export const COMPLETION_SCRIPTS: Readonly<Record<Shell, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
