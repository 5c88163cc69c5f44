import { Title } from '@patternfly/react-core';
import type { Edge, TopologyNode } from '../../api/types';
import { DataTable, type Column } from '../../components/DataTable';
import { HEALTH_ORDER, HealthLabel } from '../../components/Health';
import { texts } from '../../texts/en';
import { milliseconds, percent, perSecond } from '../../texts/format';
import { nameOf } from './model';

interface Props {
  nodes: TopologyNode[];
  edges: Edge[];
  onNode: (id: string) => void;
}

/** The same as the picture says, for who reads or hears it. */
export function TopologyTable({ nodes, edges, onNode }: Props) {
  const names = new Map(nodes.map((node) => [node.id, nameOf(node)]));
  const name = (id: string) => names.get(id) ?? id;
  const link = (id: string) => (
    <button type="button" className="bn-link" onClick={() => onNode(id)}>
      {name(id)}
    </button>
  );
  const nodeColumns: Column<TopologyNode>[] = [
    { name: texts.topology.node, cell: (node) => link(node.id), sort: nameOf },
    { name: texts.topology.kind, cell: (node) => texts.topology.kinds[node.kind] ?? node.kind, sort: (node) => node.kind },
    { name: texts.topology.namespace, cell: (node) => node.namespace, sort: (node) => node.namespace },
    { name: texts.topology.health, cell: (node) => <HealthLabel health={node.health} />, sort: (node) => HEALTH_ORDER.indexOf(node.health.status) },
    { name: texts.signals.requests, cell: (node) => perSecond(node.signals.requestsPerSecond), sort: (node) => node.signals.requestsPerSecond, number: true },
    { name: texts.signals.errors, cell: (node) => percent(node.signals.errorRate), sort: (node) => node.signals.errorRate, number: true },
  ];
  const edgeColumns: Column<Edge>[] = [
    { name: texts.topology.from, cell: (edge) => link(edge.source), sort: (edge) => name(edge.source) },
    { name: texts.topology.to, cell: (edge) => link(edge.target), sort: (edge) => name(edge.target) },
    { name: texts.topology.protocol, cell: (edge) => edge.protocol, sort: (edge) => edge.protocol },
    { name: texts.signals.requests, cell: (edge) => perSecond(edge.requestsPerSecond), sort: (edge) => edge.requestsPerSecond, number: true },
    { name: texts.signals.errors, cell: (edge) => percent(edge.errorRate), sort: (edge) => edge.errorRate, number: true },
    { name: texts.signals.p95, cell: (edge) => milliseconds(edge.latencyMs.p95), sort: (edge) => edge.latencyMs.p95, number: true },
    { name: texts.signals.mtls, cell: (edge) => percent(edge.mtls), sort: (edge) => edge.mtls, number: true },
  ];
  return (
    <div className="bn-stack">
      <Title headingLevel="h2" size="lg">{texts.topology.nodes(nodes.length)}</Title>
      <DataTable label={texts.topology.nodes(nodes.length)} columns={nodeColumns} rows={nodes} id={(node) => node.id} empty={texts.topology.nobody} />
      <Title headingLevel="h2" size="lg">{texts.topology.edges(edges.length)}</Title>
      <DataTable label={texts.topology.edges(edges.length)} columns={edgeColumns} rows={edges} id={(edge) => `${edge.source}>${edge.target}>${edge.protocol}>${edge.reporter}`} empty={texts.topology.silence} />
    </div>
  );
}
