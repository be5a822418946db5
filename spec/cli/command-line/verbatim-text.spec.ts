import { takeVerbatimText } from '../../../cli/command-line/verbatim-text.js';

describe('takeVerbatimText', () => {
  it.each(['hello', '--help', '-x', '--', '', ';', 'a\nb', '--home', '--no-enter', 'ä🙂', 'send'])(
    'takes %j, which stands behind the id, for the text',
    (text) => expect(takeVerbatimText(['send', 'api', text])).toEqual({ argv: ['send', 'api'], text }),
  );

  it('leaves the options before the id and behind the text', () => {
    expect(
      takeVerbatimText(['--home', 'h', 'send', '--no-enter', '--tmux-socket', 's', 'api', '-x', '--home=h']),
    ).toEqual({
      argv: ['--home', 'h', 'send', '--no-enter', '--tmux-socket', 's', 'api', '--home=h'],
      text: '-x',
    });
  });

  it.each([
    [[]],
    [['send']],
    [['send', 'api']],
    [['send', '--help']],
    [['list', 'send', 'x']],
    [['kill', 'api', 'x']],
  ])('finds no text in %j', (argv) => expect(takeVerbatimText(argv)).toEqual({ argv, text: null }));

  it.each([
    [['send', '--', 'api', '--text'], ['send', '--', 'api'], '--text'],
    [['send', '--no-enter', '--', 'api', '--'], ['send', '--no-enter', '--', 'api'], '--'],
    [['send', 'api', '--', '--text'], ['send', 'api', '--'], '--text'],
    [['send', 'api', '--', '--'], ['send', 'api', '--'], '--'],
    [['send', '--', 'api'], ['send', '--', 'api'], null],
  ])('knows of %j that what stands behind -- is no option', (line, argv, text) => {
    expect(takeVerbatimText(line)).toEqual({ argv, text });
  });

  it('leaves more than one text for the parser to refuse', () => {
    expect(takeVerbatimText(['send', 'api', 'two', 'words'])).toEqual({
      argv: ['send', 'api', 'words'],
      text: 'two',
    });
  });
});
