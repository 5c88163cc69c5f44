import { describe, expect, it } from 'vitest';
import type { Edge, TopologyNode } from '../src/api/types';
import { along, controls, relative, track } from '../src/pages/topology/curve';
import { dotsPerSecond } from '../src/pages/topology/flow';
import { groupOf, matches, neighbourhood, serviceOf, shapeOf, troubleOf, visible } from '../src/pages/topology/model';

const node = (name: string, status = 'ok'): TopologyNode => ({
  id: `workload/shop/${name}`,
  kind: 'workload',
  namespace: 'shop',
  name,
  app: name,
  version: '',
  health: { status, reason: '' } as TopologyNode['health'],
  signals: { requestsPerSecond: 1, errorRate: 0, sentPerSecond: null, sentErrorRate: null, tcpBytesPerSecond: null },
});
const edge = (source: string, target: string, errorRate: number | null = 0): Edge => ({
  source: `workload/shop/${source}`,
  target: `workload/shop/${target}`,
  protocol: 'http',
  reporter: 'source',
  requestsPerSecond: 1,
  errorRate,
  latencyMs: { p50: 1, p95: 2, p99: 3 },
  mtls: null,
  retryFactor: null,
  flags: {},
  tcp: null,
});
const nodes = [node('a'), node('b'), node('c'), node('d', 'idle')];
const edges = [edge('a', 'b'), edge('b', 'c')];
const everything = { text: '', focus: null, hops: 1, idle: true, health: '' } as const;

describe('a part of a mesh', () => {
  it('is everything unless a person wants less', () => {
    expect(visible(nodes, edges, everything)).toEqual({ nodes, edges });
  });

  it('is a neighbourhood in both directions', () => {
    expect([...neighbourhood('workload/shop/b', 1, edges)].sort()).toEqual(['workload/shop/a', 'workload/shop/b', 'workload/shop/c']);
    expect(visible(nodes, edges, { ...everything, focus: 'workload/shop/a' }).nodes.map(({ name }) => name)).toEqual(['a', 'b']);
    expect(visible(nodes, edges, { ...everything, focus: 'workload/shop/a', hops: 2 }).nodes).toHaveLength(3);
  });

  it('is everything when the focus is nobody that is there', () => {
    expect(visible(nodes, edges, { ...everything, focus: 'workload/shop/gone' }).nodes).toHaveLength(4);
  });

  it('leaves idle ones out, and connections with them', () => {
    expect(visible(nodes, edges, { ...everything, idle: false }).nodes).toHaveLength(3);
    expect(visible(nodes, edges, { ...everything, health: 'idle' }).edges).toEqual([]);
  });

  it('is found by name', () => {
    expect(matches(node('catalog-v1'), ' CATALOG ')).toBe(true);
    expect(matches(node('catalog-v1'), '')).toBe(false);
  });
});

describe('what a connection says', () => {
  it('is unknown where the rate of errors is', () => {
    expect(troubleOf(edge('a', 'b', null))).toBe('unknown');
    expect(troubleOf(edge('a', 'b', 0))).toBe('ok');
    expect(troubleOf(edge('a', 'b', 0.02))).toBe('degraded');
    expect(troubleOf(edge('a', 'b', 0.05))).toBe('failing');
  });

  it('moves nothing when only numbers change', () => {
    expect(shapeOf(nodes, [edge('a', 'b', 0.5)], 'none')).toBe(shapeOf([...nodes].reverse(), [edge('a', 'b')], 'none'));
    expect(shapeOf(nodes, edges, 'none')).not.toBe(shapeOf(nodes, edges, 'app'));
  });

  it('is dots, more of them for more', () => {
    expect(dotsPerSecond(0)).toBe(0);
    expect(dotsPerSecond(1000)).toBeGreaterThan(dotsPerSecond(1));
    expect(dotsPerSecond(1e9)).toBe(6);
  });
});

describe('nodes', () => {
  it('belong to groups that names tell apart', () => {
    expect(groupOf(node('a'), 'namespace')?.name).toBe('shop');
    expect(groupOf(node('a'), 'app')?.name).toBe('a');
    expect(groupOf({ ...node('a'), namespace: '' }, 'namespace')).toBeNull();
  });

  it('lead to their service', () => {
    expect(serviceOf(node('a'))).toEqual({ namespace: 'shop', name: 'a' });
    expect(serviceOf({ ...node('a'), kind: 'black-hole' })).toBeNull();
  });
});

describe('a line', () => {
  const start = { x: 0, y: 0 };
  const end = { x: 100, y: 50 };

  it('goes from its start to its end', () => {
    const line = track(start, end, controls([start, end]));
    expect(along(line, 0)).toEqual(start);
    expect(along(line, line.length)).toEqual(end);
    expect(along(line, line.length / 2).x).toBeCloseTo(50, 0);
  });

  it('is given to the graph relative to its ends', () => {
    expect(relative(start, { x: 100, y: 0 }, [{ x: 25, y: 10 }])).toEqual({ weights: [0.25], distances: [10] });
  });
});
