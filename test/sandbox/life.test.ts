import { assert, date, property } from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lives, usualShares } from '../../src/sandbox/life.ts';
import { router } from '../../src/sandbox/router.ts';
import { seedOf, seededRandom } from '../../src/sandbox/seeded-random.ts';
import { httpDate, isoTime } from '../../src/sandbox/time-text.ts';
import { phoneOf } from './clinic.ts';

describe('lives', () => {
  test('fall as the shares say', () => {
    const lifeOf = lives({}, seededRandom(1));
    const counts = new Map<string, number>();
    for (let n = 0; n < 10_000; n += 1) {
      const { ending } = lifeOf(phoneOf(n));
      counts.set(ending, (counts.get(ending) ?? 0) + 1);
    }
    for (const [ending, share] of Object.entries(usualShares)) {
      expect((counts.get(ending) ?? 0) / 10_000).toBeCloseTo(share, 1);
    }
  });

  test('do not depend on who else is called', () => {
    const alone = lives({}, seededRandom(1));
    const among = lives({}, seededRandom(1));
    for (let n = 10; n > 1; n -= 1) among(phoneOf(n));
    expect(among(phoneOf(1))).toEqual(alone(phoneOf(1)));
    expect(lives({}, seededRandom(2))(phoneOf(1))).not.toEqual(alone(phoneOf(1)));
  });

  test('last between fifteen and sixty seconds where somebody talks', () => {
    const lifeOf = lives({ shares: { answered: 2 } }, seededRandom(1));
    for (let n = 0; n < 100; n += 1) {
      const { underWayAtMs, endsAtMs, seconds } = lifeOf(phoneOf(n));
      expect(underWayAtMs).toBe(2_000);
      expect(seconds).toBe(Math.round((endsAtMs - underWayAtMs) / 1000));
      expect(seconds).toBeGreaterThanOrEqual(15);
      expect(seconds).toBeLessThanOrEqual(60);
    }
  });

  test('are answered where all shares are nothing', () => {
    expect(lives({ shares: {} }, seededRandom(1))(phoneOf(1)).ending).toBe('answered');
  });
});

describe('seeded randomness', () => {
  test('repeats, and differs by seed', () => {
    const draw = (seed: number): readonly unknown[] => {
      const random = seededRandom(seed);
      return [random.next(), random.hex(16), random.hex(3), random.next()];
    };
    expect(draw(1)).toEqual(draw(1));
    expect(draw(1)).not.toEqual(draw(2));
    expect(draw(1)[1]).toMatch(/^[0-9a-f]{32}$/);
    expect(draw(1)[2]).toMatch(/^[0-9a-f]{6}$/);
    expect(seedOf('a')).not.toBe(seedOf('b'));
  });

  test('is even', () => {
    const random = seededRandom(3);
    const buckets = Array<number>(10).fill(0);
    for (let n = 0; n < 10_000; n += 1) {
      const bucket = Math.floor(random.next() * 10);
      buckets[bucket] = (buckets[bucket] ?? 0) + 1;
    }
    for (const count of buckets) expect(Math.abs(count - 1_000)).toBeLessThan(150);
  });
});

describe('times', () => {
  test('are written as the machine writes them', () => {
    assert(
      property(date({ min: new Date('0001-01-01'), max: new Date('9999-12-31'), noInvalidDate: true }), (moment) => {
        const whole = new Date(Math.floor(moment.getTime() / 1000) * 1000);
        if (whole.getUTCFullYear() < 1000) return;
        expect(isoTime(moment.getTime())).toBe(whole.toISOString().replace('.000', ''));
        expect(httpDate(moment.getTime())).toBe(whole.toUTCString());
      }),
    );
  });
});

describe('the router', () => {
  const find = router({ 'GET /agents/:id': 'read', 'GET /agents/list': 'never', 'POST /agents': 'create' });

  test('names what stands in the path, decoded', () => {
    expect(find('GET', '/agents/%2B234')).toEqual({ kind: 'found', target: 'read', params: { id: '+234' } });
    expect(find('GET', '/agents/%zz')).toMatchObject({ params: { id: '%zz' } });
    expect(find('POST', 'agents/')).toMatchObject({ target: 'create' });
  });

  test('tells a wrong method from a wrong path', () => {
    expect(find('PUT', '/agents')).toEqual({ kind: 'wrong_method', allowed: ['POST'] });
    expect(find('GET', '/agents/1/calls')).toEqual({ kind: 'missing' });
  });
});
