import { describe, expect, it } from 'vitest';
import { entries } from '../src/pages/configuration/Proxies';
import { linesOf, rowsOf, seriesName, stepFor } from '../src/pages/metrics/answers';
import { changes, lookOf, urgency } from '../src/pages/plugins/state';

describe('settings of a plugin', () => {
  const schema = { url: { type: 'string', description: '' }, token: { type: 'string', description: '', writeOnly: true } } as const;

  it('sends what was changed, and nothing else', () => {
    expect(changes(schema, { url: 'http://a', token: null }, { url: 'http://a', token: '' })).toEqual({});
    expect(changes(schema, { url: 'http://a', token: null }, { url: 'http://b', token: '' })).toEqual({ url: 'http://b' });
  });

  it('keeps a secret that was left empty, and sends one that was written', () => {
    expect(changes(schema, { url: null, token: null }, { url: '', token: 'hunter2' })).toEqual({ token: 'hunter2' });
  });

  it('shows what failed first, and a state it does not know as unknown', () => {
    expect(['OK', 'Resolved', 'Failed', 'Degraded'].sort((a, b) => urgency(a) - urgency(b))).toEqual(['Failed', 'Degraded', 'OK', 'Resolved']);
    expect(lookOf('Exploded')).toBe('unknown');
  });
});

describe('answers of Prometheus', () => {
  it('writes series as Prometheus does, with hostile values inert', () => {
    expect(seriesName({ __name__: 'up', job: 'a"b\n', app: 'x' })).toBe('up{app="x", job="a\\"b\\n"}');
    expect(seriesName({})).toBe('{}');
  });

  it('lists vectors, scalars and histograms', () => {
    expect(rowsOf({ resultType: 'vector', result: [{ metric: { a: '1' }, value: [0, '2'] }, { metric: { a: '2' } }] })).toEqual([
      { labels: { a: '1' }, value: '2' },
      { labels: { a: '2' }, value: 'histogram' },
    ]);
    expect(rowsOf({ resultType: 'scalar', result: [0, '7'] })).toEqual([{ labels: {}, value: '7' }]);
  });

  it('leaves a gap where a value is no number', () => {
    expect(linesOf({ resultType: 'matrix', result: [{ metric: {}, values: [[1, '2'], [2, 'NaN'], [3, '+Inf']] }] })).toEqual([
      { name: '{}', points: [[1, 2], [2, null], [3, null]] },
    ]);
  });

  it('asks for a few hundred points, whatever the window', () => {
    for (const seconds of [60, 300, 3600, 86_400, 604_800]) {
      expect(seconds / stepFor(seconds)).toBeLessThanOrEqual(250);
    }
  });
});

describe('Envoy resources', () => {
  it('have a name each, or a number', () => {
    expect(entries([{ name: 'a' }, { cluster_name: 'b' }, {}]).map(([name]) => name)).toEqual(['a', 'b', '#3']);
    expect(entries({ host: '127.0.0.1' })).toEqual([['host', '"127.0.0.1"']]);
    expect(entries(undefined)).toEqual([]);
  });
});
