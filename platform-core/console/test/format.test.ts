import { describe, expect, it } from 'vitest';
import { ago, bytesPerSecond, count, duration, milliseconds, percent, perSecond } from '../src/texts/format';

describe('numbers have units, and what is not known is no number', () => {
  it('says that a null is not known', () => {
    for (const format of [count, perSecond, percent, milliseconds, bytesPerSecond, duration]) {
      expect(format(null)).toBe('not known');
      expect(format(Number.NaN)).toBe('not known');
    }
  });

  it('shows neither few errors as none nor some as all', () => {
    expect(percent(0)).toBe('0 %');
    expect(percent(0.00001)).toBe('< 0.01 %');
    expect(percent(0.99999)).toBe('> 99.99 %');
    expect(percent(1)).toBe('100 %');
    expect(percent(0.0512)).toBe('5.1 %');
  });

  it('scales', () => {
    expect(milliseconds(12_345)).toBe('12.3 s');
    expect(milliseconds(3.14159)).toBe('3.14 ms');
    expect(bytesPerSecond(1_234_000)).toBe('1.23 MB/s');
    expect(duration(93_600)).toBe('1 d 2 h');
    expect(duration(59)).toBe('59 s');
  });

  it('counts time from now', () => {
    const now = Date.parse('2026-01-31T12:00:00Z');
    expect(ago('2026-01-31T11:59:18Z', now)).toContain('42');
    expect(ago('2026-01-31T09:00:00Z', now)).toContain('3');
  });
});
