import { Vitals } from './vitals.js';

describe('schema', () => {
  const vitals = new Vitals();
  afterAll(() => vitals.stop());

  it.each([
    [[], 'A line of vitals events'],
    [['event'], 'A line of vitals events'],
    [['record'], 'A record of session-vitals, format 1'],
    [['finding'], 'A line of vitals doctor --json'],
  ])('prints the JSON Schema for %j', async (args, title) => {
    const schema = JSON.parse(await vitals.do('schema', ...args)) as Record<string, unknown>;
    expect(schema).toMatchObject({ $schema: 'http://json-schema.org/draft-07/schema#', title });
  });

  it('says what there is when asked for another', async () => {
    const { code, stderr } = await vitals.run(['schema', 'nothing']);
    expect([code, stderr]).toEqual([
      2,
      'vitals: there is no schema of "nothing": take record, event, finding\n',
    ]);
  });
});
