import { describe, expect, it } from 'vitest';
import { asShares, moveWeight, objections } from '../src/pages/traffic/plan';

const sum = (weights: number[]) => weights.reduce((a, b) => a + b, 0);

describe('weights', () => {
  it('add up to 100 wherever each is moved', () => {
    for (const weights of [[100, 0], [50, 50], [34, 33, 33], [0, 0, 100], [97, 1, 1, 1]]) {
      for (let index = 0; index < weights.length; index += 1) {
        for (let value = -10; value <= 110; value += 7) {
          const moved = moveWeight(weights, index, value);
          expect(sum(moved)).toBe(100);
          expect(moved[index]).toBe(Math.round(Math.min(100, Math.max(0, value))));
          expect(moved.every((weight) => weight >= 0 && Number.isInteger(weight))).toBe(true);
        }
      }
    }
  });

  it('share the rest in proportion', () => {
    expect(moveWeight([50, 40, 10], 0, 0)).toEqual([0, 80, 20]);
    expect(moveWeight([100, 0, 0], 0, 40)).toEqual([40, 30, 30]);
  });

  it('are shares however they are written', () => {
    expect(asShares([{ weight: 1 }, { weight: 1 }, { weight: 1 }])).toEqual([34, 33, 33]);
    expect(asShares([{ weight: 0 }, { weight: 0 }])).toEqual([50, 50]);
    expect(asShares([{ weight: 900 }, { weight: 100 }])).toEqual([90, 10]);
  });
});

describe('a plan', () => {
  const words = { header: 'header', status: 'status', percent: 'percent', delay: 'delay' };
  const fault = { delayMilliseconds: 100, delayPercent: 10, abortStatus: 503, abortPercent: 10, header: null };

  it('is refused where it makes no sense', () => {
    const of = (change: object) => objections({ weights: null, headers: null, fault: { ...fault, ...change } }, words);
    expect(of({})).toEqual([]);
    expect(of({ abortStatus: 42 })).toEqual(['status']);
    expect(of({ abortPercent: 101 })).toEqual(['percent']);
    expect(of({ delayPercent: Number.NaN })).toEqual(['percent']);
    expect(of({ delayMilliseconds: 0 })).toEqual(['delay']);
    expect(of({ header: { name: 'x', value: '' } })).toEqual(['header']);
  });

  it('takes no header that is none', () => {
    const rule = { value: 'yes', match: 'exact' as const, subset: 'v2' };
    expect(objections({ weights: null, fault: null, headers: [{ ...rule, name: 'x tester' }] }, words)).toEqual(['header']);
    expect(objections({ weights: null, fault: null, headers: [{ ...rule, name: 'x-tester' }] }, words)).toEqual([]);
  });
});
