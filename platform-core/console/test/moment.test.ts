import { describe, expect, it } from 'vitest';
import { kept, momentOf, windowSeconds } from '../src/app/moment';

const of = (text: string) => momentOf(new URLSearchParams(text));

describe('the moment in the address', () => {
  it('is the last five minutes without one', () => {
    expect(of('')).toEqual({ window: '5m', at: null });
  });

  it('is what the address says', () => {
    expect(of('window=1h&at=2026-01-31T12:00:00Z')).toEqual({ window: '1h', at: '2026-01-31T12:00:00Z' });
  });

  it('is the default where the address makes no sense', () => {
    for (const bad of ['window=8d', 'window=1s', 'window=5m])', 'window=-1h', 'at=yesterday']) {
      expect(of(bad)).toEqual({ window: '5m', at: null });
    }
  });

  it('goes along with links, alone', () => {
    expect(kept(new URLSearchParams('node=a&window=1h'))).toBe('?window=1h');
  });

  it('knows how long a window is', () => {
    expect(windowSeconds('15m')).toBe(900);
    expect(windowSeconds('15')).toBe(0);
  });
});
