import { UnexpectedReplyError } from '../src/index.js';
import { RecordFormat } from '../src/record-format.js';

const command = 'list-panes';

it('reads back what it marked, and what came before', () => {
  const format = new RecordFormat();
  const records = [['a', '', 'c'], ['line\nbreak'], ['[x:] :y: |']];
  const reply = `text\n${records.map((fields) => `${format.format(fields)}\nnoise\n`).join('')}`;

  expect(format.read(reply, { command })).toEqual({ text: 'text\n', records });
  expect(format.read('', { command })).toEqual({ text: '', records: [] });
});

it('does not read the marks of another reply', () => {
  const other = new RecordFormat().format(['a']);

  expect(new RecordFormat().read(other, { command })).toEqual({ text: other, records: [] });
});

it('refuses a record that was cut off', () => {
  const format = new RecordFormat();
  const reply = format.format(['a', 'b']);

  for (let length = 16; length < reply.length; length += 1) {
    expect(() => format.read(reply.slice(0, length), { command })).toThrow(UnexpectedReplyError);
  }
});
