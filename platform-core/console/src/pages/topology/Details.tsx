import { Button, Title } from '@patternfly/react-core';
import type { ReactNode } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { Edge, TopologyNode } from '../../api/types';
import { kept } from '../../app/moment';
import { Facts } from '../../components/Facts';
import { HealthLabel } from '../../components/Health';
import { Icon } from '../../components/Icon';
import { texts } from '../../texts/en';
import { bytesPerSecond, factor, milliseconds, percent, perSecond } from '../../texts/format';
import { edgeId, nameOf, serviceOf } from './model';

interface Props {
  selected: string;
  nodes: TopologyNode[];
  edges: Edge[];
  onSelect: (id: string | null) => void;
  onFocus: (id: string | null) => void;
  focus: string | null;
}

/** Everything that the API says about what was chosen. */
export function Details(props: Props) {
  const node = props.nodes.find(({ id }) => id === props.selected);
  const edge = props.edges.find((each) => edgeId(each) === props.selected);
  return (
    <aside className="bn-details" aria-label={texts.topology.details}>
      {node && <NodeDetails node={node} {...props} />}
      {edge && <EdgeDetails edge={edge} {...props} />}
      {!node && !edge && <Frame title={texts.topology.gone} kind="" close={() => props.onSelect(null)}><p>{texts.topology.goneText}</p></Frame>}
    </aside>
  );
}

function Frame({ title, kind, close, children }: { title: string; kind: string; close: () => void; children: ReactNode }) {
  return (
    <>
      <header className="bn-details-head">
        <div>
          <p className="bn-eyebrow">{kind}</p>
          <Title headingLevel="h2" size="lg">{title}</Title>
        </div>
        <Button variant="plain" aria-label={texts.topology.close} icon={<Icon name="close" />} onClick={close} />
      </header>
      {children}
    </>
  );
}

function NodeDetails({ node, nodes, edges, onSelect, onFocus, focus }: Props & { node: TopologyNode }) {
  const [search] = useSearchParams();
  const service = serviceOf(node);
  const { signals } = node;
  const names = new Map(nodes.map((each) => [each.id, nameOf(each)]));
  const list = (title: string, chosen: Edge[], other: (edge: Edge) => string) => (
    <section>
      <Title headingLevel="h3" size="md">{title}</Title>
      {chosen.length === 0 && <p className="bn-none">{texts.topology.nobodyHere}</p>}
      <ul className="bn-lines">
        {chosen.map((edge) => (
          <li key={edgeId(edge)}>
            <button type="button" className="bn-link" onClick={() => onSelect(edgeId(edge))}>{names.get(other(edge)) ?? other(edge)}</button>
            <span>{edge.requestsPerSecond === null && edge.tcp ? bytesPerSecond(edge.tcp.sentBytesPerSecond) : perSecond(edge.requestsPerSecond)}</span>
          </li>
        ))}
      </ul>
    </section>
  );
  return (
    <Frame title={nameOf(node)} kind={[texts.topology.kinds[node.kind] ?? node.kind, node.namespace, node.version].filter(Boolean).join(' · ')} close={() => onSelect(null)}>
      <HealthLabel health={node.health} withReason />
      <div className="bn-actions">
        {service && <Link className="pf-v6-c-button pf-m-primary pf-m-small" to={`/services/${encodeURIComponent(service.namespace)}/${encodeURIComponent(service.name)}${kept(search)}`}>{texts.topology.service}</Link>}
        {service && <Link className="pf-v6-c-button pf-m-secondary pf-m-small" to={`/traffic/${encodeURIComponent(service.namespace)}/${encodeURIComponent(service.name)}${kept(search)}`}>{texts.nav.traffic}</Link>}
        <Button size="sm" variant="secondary" onClick={() => onFocus(focus === node.id ? null : node.id)}>{focus === node.id ? texts.topology.all : texts.topology.focusHere}</Button>
      </div>
      <Facts
        facts={[
          [texts.signals.received, perSecond(signals.requestsPerSecond)],
          [texts.signals.receivedErrors, percent(signals.errorRate)],
          [texts.signals.sent, perSecond(signals.sentPerSecond)],
          [texts.signals.sentErrors, percent(signals.sentErrorRate)],
          [texts.signals.tcpBytes, bytesPerSecond(signals.tcpBytesPerSecond)],
        ]}
      />
      {list(texts.topology.callers, edges.filter(({ target }) => target === node.id), ({ source }) => source)}
      {list(texts.topology.calls, edges.filter(({ source }) => source === node.id), ({ target }) => target)}
    </Frame>
  );
}

function EdgeDetails({ edge, nodes, onSelect }: Props & { edge: Edge }) {
  const name = (id: string) => {
    const node = nodes.find((each) => each.id === id);
    return node ? nameOf(node) : id;
  };
  const flags = Object.entries(edge.flags);
  const tcp = edge.tcp;
  return (
    <Frame title={`${name(edge.source)} → ${name(edge.target)}`} kind={`${texts.topology.connection} · ${edge.protocol}`} close={() => onSelect(null)}>
      <div className="bn-actions">
        {[edge.source, edge.target].map((id) => (
          <Button key={id} size="sm" variant="secondary" onClick={() => onSelect(id)}>{name(id)}</Button>
        ))}
      </div>
      <Facts
        facts={[
          ...(tcp && edge.requestsPerSecond === null ? [] : [
            [texts.signals.requests, perSecond(edge.requestsPerSecond)],
          ] as [string, string][]),
          [texts.signals.errors, percent(edge.errorRate)],
          ...(edge.protocol === 'tcp' ? [] : [
            [texts.signals.p50, milliseconds(edge.latencyMs.p50)],
            [texts.signals.p95, milliseconds(edge.latencyMs.p95)],
            [texts.signals.p99, milliseconds(edge.latencyMs.p99)],
            [texts.signals.retries, factor(edge.retryFactor)],
          ] as [string, string][]),
          [texts.signals.mtls, percent(edge.mtls)],
          ...(tcp ? [
            [texts.signals.connections, perSecond(tcp.connectionsPerSecond)],
            [texts.signals.sentBytes, bytesPerSecond(tcp.sentBytesPerSecond)],
            [texts.signals.receivedBytes, bytesPerSecond(tcp.receivedBytesPerSecond)],
          ] as [string, string][] : []),
          [texts.topology.reporter, texts.topology.reporters[edge.reporter] ?? edge.reporter],
        ]}
      />
      {flags.length > 0 && (
        <section>
          <Title headingLevel="h3" size="md">{texts.signals.flags}</Title>
          <Facts facts={flags.map(([flag, rate]) => [texts.flags[flag] ? `${flag}: ${texts.flags[flag]}` : flag, perSecond(rate)])} />
        </section>
      )}
    </Frame>
  );
}
