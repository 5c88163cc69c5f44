import { describe, expect, it } from 'vitest';
import { diffLines } from '../src/components/lines';

const told = (before: string, after: string) => diffLines(before, after).map(({ kind, text }) => `${kind[0]}${text}`).join(' ');

describe('what becomes of a text', () => {
  it('is told by whole lines', () => {
    expect(told('a\nb\nc\n', 'a\nx\nc\n')).toBe('sa rb ax sc');
    expect(told('', 'a\n')).toBe('aa');
    expect(told('a\n', '')).toBe('ra');
    expect(told('a\nb\n', 'a\nb\n')).toBe('sa sb');
  });

  it('is told of texts too long to compare, too', () => {
    const long = Array.from({ length: 2_000 }, (_, index) => `line ${index}`).join('\n');
    expect(diffLines(long, 'a')).toHaveLength(2_001);
  });
});
