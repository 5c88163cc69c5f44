import type { TopologyNode } from '../../api/types';
import { texts } from '../../texts/en';

/** What a node is called: nodes that stand for many have a word of their own. */
export function nameOf(node: Pick<TopologyNode, 'kind' | 'name'>): string {
  return node.name || texts.topology.kinds[node.kind] || node.kind;
}
