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
const LARGE = { 'elk.layered.thoroughness': '2', 'elk.layered.nodePlacement.strategy': 'SIMPLE', 'elk.layered.crossingMinimization.greedySwitch.type': 'OFF' };
const LARGE_FROM = 150;

/** Lays graphs out in a worker: the page stays quick meanwhile. */
export class LayoutWorker {
  private readonly elk = new ELK({ workerUrl });

  async layout(nodes: TopologyNode[], edges: Edge[], grouping: Grouping): Promise<Layout> {
    const graph = await this.elk.layout(graphOf(nodes, edges, grouping));
    const positions = new Map<string, Point>();
    const paths = new Map<string, Point[]>();
    read(graph, 0, 0, positions, paths);
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
  for (const [id, members] of groups) {
    children.push({ id, children: members, layoutOptions: { 'elk.padding': '[top=38,left=18,bottom=18,right=18]' } });
  }
  const lines: ElkExtendedEdge[] = edges
    .filter((edge) => edge.source !== edge.target)
    .map((edge) => ({ id: edgeId(edge), sources: [edge.source], targets: [edge.target] }));
  return { id: 'mesh', layoutOptions: nodes.length > LARGE_FROM ? { ...OPTIONS, ...LARGE } : OPTIONS, children, edges: lines };
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
