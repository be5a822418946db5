import { makeSession } from '../../fixtures/sessions.js';
import { isOneShot, readOneShot } from '../../src/agent/one-shot.js';

it.each([
  ['claude -p hello'],
  ['claude --model opus --print hello'],
  ['npx @anthropic-ai/claude-code -p hello'],
  ['codex exec --full-auto hello'],
  ['codex --model x exec hello'],
  ['opencode run hello'],
  ['gemini --approval-mode yolo -p hello'],
  ['gemini --prompt=hello'],
  ['qwen -p hello'],
  ['copilot --allow-all-tools -p hello'],
  ['pi -p hello'],
  ['cn -p hello'],
  ['aider --message hello'],
  ['env A=1 node /opt/gemini.js -p hello'],
])('%s is for one prompt', (line) => {
  expect(isOneShot(line.split(' '))).toBe(true);
});

it.each([
  ['claude'],
  ['claude run -- -p'],
  ['codex'],
  ['codex resume --last'],
  ['codex please exec this'],
  ['opencode --port 4096'],
  ['gemini -i hello'],
  ['make -p'],
  [''],
])('%s is not', (line) => {
  expect(isOneShot(line.split(' '))).toBe(false);
});

it('works until it ends', () => {
  const session = makeSession({ command: ['codex', 'exec', 'hello'] });
  expect(readOneShot(session, 0)).toMatchObject({ source: 'process', activity: 'active' });
  expect(readOneShot(makeSession({ command: ['codex'] }), 0)).toBeNull();
});
