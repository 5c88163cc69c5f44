import ELK, { type ElkNode, type ElkExtendedEdge } from 'elkjs/lib/elk-api.js';
import workerUrl from 'elkjs/lib/elk-worker.min.js?url';
import type { Edge, TopologyNode } from '../../api/types';
import type { Grouping } from './model';
import { edgeId, groupOf } from './model';

export interface Point {
  x: number;
  y: number;
}

/** Where everything is; positions are centres, and paths begin and end at the borders of nodes. */
export interface Layout {
  positions: ReadonlyMap<string, Point>;
  paths: ReadonlyMap<string, Point[]>;
}

export const NODE_WIDTH = 168;
export const NODE_HEIGHT = 52;

const OPTIONS = {
  'elk.algorithm': 'layered',
  'elk.direction': 'RIGHT',
  'elk.edgeRouting': 'POLYLINE',
  'elk.hierarchyHandling': 'INCLUDE_CHILDREN',
  'elk.spacing.nodeNode': '28',
  'elk.spacing.edgeNode': '18',
  'elk.layered.spacing.nodeNodeBetweenLayers': '90',
  'elk.layered.spacing.edgeNodeBetweenLayers': '24',
  'elk.layered.nodePlacement.strategy': 'BRANDES_KOEPF',
  'elk.layered.considerModelOrder.strategy': 'NODES_AND_EDGES',
  'elk.padding': '[top=24,left=24,bottom=24,right=24]',
  'elk.separateConnectedComponents': 'true',
  'elk.aspectRatio': '1.7',
  'elk.json.edgeCoords': 'ROOT',
};

/** Large graphs: fewer rounds of what takes long, so that 500 services lie in seconds. */
const LARGE = { 'elk.layered.thoroughness': '2', 'elk.layered.nodePlacement.strategy': 'SIMPLE', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF', 'elk.layered.considerModelOrder.strategy': 'NONE' };
const LARGE_FROM = 150;
const GUIDES = 3;
const APART = { 'elk.hierarchyHandling': 'SEPARATE_CHILDREN' };

/** Lays graphs out in a worker: the page stays quick meanwhile. */
export class LayoutWorker {
  private readonly elk = new ELK({ workerUrl });

  async layout(nodes: TopologyNode[], edges: Edge[], grouping: Grouping): Promise<Layout> {
    const graph = await this.elk.layout(graphOf(nodes, edges, grouping));
    const positions = new Map<string, Point>();
    const paths = new Map<string, Point[]>();
    read(graph, 0, 0, positions, paths);
    for (const edge of edges) {
      const [source, target] = [positions.get(edge.source), positions.get(edge.target)];
      if (source && target && edge.source !== edge.target && !paths.has(edgeId(edge))) {
        paths.set(edgeId(edge), direct(source, target));
      }
    }
    return { positions, paths };
  }

  close(): void {
    this.elk.terminateWorker();
  }
}

function graphOf(nodes: TopologyNode[], edges: Edge[], grouping: Grouping): ElkNode {
  const groups = new Map<string, ElkNode[]>();
  const children: ElkNode[] = [];
  for (const node of nodes) {
    const box = { id: node.id, width: NODE_WIDTH, height: NODE_HEIGHT };
    const group = groupOf(node, grouping);
    if (group) {
      groups.set(group.id, [...(groups.get(group.id) ?? []), box]);
    } else {
      children.push(box);
    }
  }
  const lines = edges.filter((edge) => edge.source !== edge.target);
  const large = nodes.length > LARGE_FROM;
  const homes = large && groups.size > 0 ? new Map([...groups].flatMap(([id, members]) => members.map((member) => [member.id, id] as const))) : null;
  for (const [id, members] of groups) {
    const inside = homes ? lines.filter(({ source, target }) => homes.get(source) === id && homes.get(target) === id).map(line) : [];
    children.push({ id, children: members, edges: inside, layoutOptions: { ...(homes ? { ...OPTIONS, ...LARGE, ...APART } : {}), 'elk.padding': '[top=38,left=18,bottom=18,right=18]' } });
  }
  return {
    id: 'mesh',
    layoutOptions: { ...OPTIONS, ...(large ? LARGE : {}), ...(homes ? APART : {}) },
    children,
    edges: homes ? between(lines, homes) : lines.map(line),
  };
}

const line = (edge: Edge): ElkExtendedEdge => ({ id: edgeId(edge), sources: [edge.source], targets: [edge.target] });

/**
 * Of a large mesh each group is laid out alone, and then the groups, by the few others that each calls most: all of them
 * would take many times as long and look the same.
 */
function between(edges: Edge[], homes: ReadonlyMap<string, string>): ElkExtendedEdge[] {
  const counts = new Map<string, Map<string, number>>();
  for (const edge of edges) {
    const [source, target] = [homes.get(edge.source) ?? edge.source, homes.get(edge.target) ?? edge.target];
    if (source !== target) {
      const targets = counts.get(source) ?? new Map<string, number>();
      counts.set(source, targets.set(target, (targets.get(target) ?? 0) + 1));
    }
  }
  return [...counts].flatMap(([source, targets]) =>
    [...targets]
      .sort(([, a], [, b]) => b - a)
      .slice(0, GUIDES)
      .map(([target]) => ({ id: `${source}>>${target}`, sources: [source], targets: [target] })),
  );
}

/** From the right of one node to the left of the other, where the layout drew no path. */
function direct(source: Point, target: Point): Point[] {
  return [{ x: source.x + NODE_WIDTH / 2, y: source.y }, { x: target.x - NODE_WIDTH / 2, y: target.y }];
}

function read(node: ElkNode, left: number, top: number, positions: Map<string, Point>, paths: Map<string, Point[]>): void {
  for (const child of node.children ?? []) {
    const x = left + (child.x ?? 0);
    const y = top + (child.y ?? 0);
    if (child.children?.length) {
      read(child, x, y, positions, paths);
    } else {
      positions.set(child.id, { x: x + (child.width ?? 0) / 2, y: y + (child.height ?? 0) / 2 });
    }
  }
  for (const edge of node.edges ?? []) {
    const section = (edge as ElkExtendedEdge).sections?.[0];
    if (section) {
      paths.set(edge.id, [section.startPoint, ...(section.bendPoints ?? []), section.endPoint]);
    }
  }
}
