import { judgeSeries } from '../../../scripts/soak/judge-series.js';

const MINUTE_MS = 60_000;
const measure = { name: 'descriptors', mayRise: 2 };

/** One value a minute. */
const judge = (values: number[], warmMinutes = 0): ReturnType<typeof judgeSeries> =>
  judgeSeries(
    measure,
    values.map((value, minute) => ({ at: minute * MINUTE_MS, value })),
    warmMinutes * MINUTE_MS,
  );

const minutes = Array.from({ length: 21 }, (_, minute) => minute);

describe('judgeSeries', () => {
  it('finds what grows, however slowly, if it goes on', () => {
    expect(judge(minutes.map((minute) => 20 + minute / 5))).toEqual({
      name: 'descriptors',
      firstThird: expect.closeTo(20.6) as number,
      lastThird: expect.closeTo(23.4) as number,
      slope: expect.closeTo(12) as number,
      bound: expect.closeTo(6) as number,
      isBroken: true,
    });
  });

  it('holds what goes up and down', () => {
    expect(judge(minutes.map((minute) => 20 + (minute % 2) * 9))).toMatchObject({ isBroken: false });
  });

  it('leaves out the warm-up', () => {
    const warming = minutes.map((minute) => (minute < 5 ? minute * 100 : 500));
    expect(judge(warming)).toMatchObject({ isBroken: true });
    expect(judge(warming, 5)).toMatchObject({ slope: 0, isBroken: false });
  });

  it('breaks no bound where there is none', () => {
    const points = minutes.map((minute) => ({ at: minute * MINUTE_MS, value: minute }));
    expect(judgeSeries({ name: 'ms', mayRise: null }, points, 0)).toMatchObject({
      bound: null,
      isBroken: false,
    });
  });

  it('holds nothing that was hardly measured', () => {
    expect(judge([20, 20])).toMatchObject({ isBroken: true });
  });
});
