import type { Edge, HealthStatus, TopologyNode } from '../../api/types';
import { texts } from '../../texts/en';

export type Grouping = 'namespace' | 'app' | 'none';
export const GROUPINGS: Grouping[] = ['namespace', 'app', 'none'];

/** What a node is called: nodes that stand for many have a word of their own. */
export function nameOf(node: Pick<TopologyNode, 'kind' | 'name'>): string {
  return node.name || texts.topology.kinds[node.kind] || node.kind;
}

export function edgeId(edge: Edge): string {
  return `${edge.source}>${edge.target}>${edge.protocol}>${edge.reporter}`;
}

export function groupOf(node: TopologyNode, grouping: Grouping): { id: string; name: string } | null {
  if (grouping === 'none' || !node.namespace) {
    return null;
  }
  if (grouping === 'namespace') {
    return { id: `group/${node.namespace}`, name: node.namespace };
  }
  return node.app ? { id: `group/${node.namespace}/${node.app}`, name: node.app } : null;
}

export type Trouble = 'failing' | 'degraded' | 'ok' | 'unknown';

/** How a connection fares, by the thresholds that nodes have. */
export function troubleOf(edge: Edge): Trouble {
  if (edge.errorRate === null) {
    return edge.tcp && edge.requestsPerSecond === null ? 'ok' : 'unknown';
  }
  return edge.errorRate >= 0.05 ? 'failing' : edge.errorRate >= 0.01 ? 'degraded' : 'ok';
}

/** Something that makes a line thick and a dot quick: requests, or for TCP kilobytes, a second. */
export function rateOf(edge: Edge): number {
  if (edge.requestsPerSecond !== null) {
    return edge.requestsPerSecond;
  }
  return edge.tcp ? ((edge.tcp.sentBytesPerSecond ?? 0) + (edge.tcp.receivedBytesPerSecond ?? 0)) / 1000 : 0;
}

export interface Filter {
  text: string;
  focus: string | null;
  hops: number;
  idle: boolean;
  health: HealthStatus | '';
}

/** The nodes within so many connections of one, in both directions. */
export function neighbourhood(focus: string, hops: number, edges: Edge[]): Set<string> {
  const next = new Map<string, Set<string>>();
  const join = (a: string, b: string) => next.set(a, (next.get(a) ?? new Set()).add(b));
  edges.forEach(({ source, target }) => {
    join(source, target);
    join(target, source);
  });
  const seen = new Set([focus]);
  let ring = [focus];
  for (let hop = 0; hop < hops; hop += 1) {
    ring = ring.flatMap((id) => [...(next.get(id) ?? [])]).filter((id) => !seen.has(id) && seen.add(id));
  }
  return seen;
}

/** What is left of a mesh when a person looks at a part of it. Search does not take away: it finds. */
export function visible(nodes: TopologyNode[], edges: Edge[], filter: Filter): { nodes: TopologyNode[]; edges: Edge[] } {
  const near = filter.focus && nodes.some(({ id }) => id === filter.focus) ? neighbourhood(filter.focus, filter.hops, edges) : null;
  const busy = new Set(edges.flatMap(({ source, target }) => [source, target]));
  const left = nodes.filter(
    (node) =>
      (near === null || near.has(node.id)) &&
      (filter.idle || near !== null || node.health.status !== 'idle' || busy.has(node.id)) &&
      (filter.health === '' || node.health.status === filter.health),
  );
  const ids = new Set(left.map(({ id }) => id));
  return { nodes: left, edges: edges.filter(({ source, target }) => ids.has(source) && ids.has(target)) };
}

export function matches(node: TopologyNode, text: string): boolean {
  const wanted = text.trim().toLowerCase();
  return wanted !== '' && `${node.namespace}/${nameOf(node)} ${node.app} ${node.version}`.toLowerCase().includes(wanted);
}

/** A sum that is the same while the same nodes are joined in the same way: numbers alone move nothing. */
export function shapeOf(nodes: TopologyNode[], edges: Edge[], grouping: Grouping): string {
  return [grouping, ...nodes.map(({ id }) => id).sort(), ...edges.map(edgeId).sort()].join('\n');
}

/** The service a node belongs to, as pages name it; null for what has none. */
export function serviceOf(node: TopologyNode): { namespace: string; name: string } | null {
  if (node.kind === 'service' && node.name) {
    return { namespace: node.namespace, name: node.name };
  }
  return node.kind === 'workload' && node.namespace && node.app ? { namespace: node.namespace, name: node.app } : null;
}
