import { lazy, Suspense } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { useObserved, useView } from '../../api/views';
import type { Change, Edge, Routing, Series, ServiceDetail, ServiceVersion } from '../../api/types';
import { kept, useMoment, windowSeconds } from '../../app/moment';
import { Card } from '../../components/Card';
import { Changes } from '../../components/Changes';
import { DataTable, type Column } from '../../components/DataTable';
import { HealthGlyph, HealthLabel } from '../../components/Health';
import { PageHead } from '../../components/PageHead';
import { Rules } from '../../components/Rules';
import { Gaps, Loading, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { bytesPerSecond, milliseconds, percent, perSecond } from '../../texts/format';
import { Budget } from '../overview/Overview';
import { Traces } from './Waterfall';

const Chart = lazy(() => import('./Chart').then(({ Chart }) => ({ default: Chart })));

export default function Service() {
  const { namespace = '', name = '' } = useParams();
  const [search] = useSearchParams();
  const path = `services/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}`;
  const query = useObserved<ServiceDetail>(path);
  return (
    <>
      <PageHead title={name} lead={namespace}>
        <Link className="pf-v6-c-button pf-m-secondary" to={`/topology${joined(kept(search), `find=${encodeURIComponent(name)}`)}`}>{texts.service.inTopology}</Link>
        <Link className="pf-v6-c-button pf-m-primary" to={`/traffic/${encodeURIComponent(namespace)}/${encodeURIComponent(name)}${kept(search)}`}>{texts.service.traffic}</Link>
      </PageHead>
      <Shown query={query}>{(service) => <Detail service={service} path={path} />}</Shown>
    </>
  );
}

function joined(query: string, more: string): string {
  return query ? `${query}&${more}` : `?${more}`;
}

function Detail({ service, path }: { service: ServiceDetail; path: string }) {
  const routing = useView<Routing>(`${path}/routing`, {}, ['mesh', 'changes']);
  const changes = useView<{ changes: Change[] }>('changes', { limit: 50 }, ['changes', 'mesh']);
  const { signals } = service;
  const tcpOnly = signals.tcp !== null && signals.requestsPerSecond === null;
  const tiles: [string, string][] = tcpOnly
    ? [[texts.signals.connections, perSecond(signals.tcp?.connectionsPerSecond)], [texts.signals.sentBytes, bytesPerSecond(signals.tcp?.sentBytesPerSecond)], [texts.signals.receivedBytes, bytesPerSecond(signals.tcp?.receivedBytesPerSecond)], [texts.signals.errors, percent(signals.errorRate)]]
    : [[texts.service.requests, perSecond(signals.requestsPerSecond)], [texts.service.errors, percent(signals.errorRate)], [`${texts.service.latency} ${texts.signals.p50}`, milliseconds(signals.latencyMs.p50)], [`${texts.service.latency} ${texts.signals.p99}`, milliseconds(signals.latencyMs.p99)]];
  return (
    <>
      <Gaps complete={service.complete} gaps={service.gaps} />
      <div className={`bn-state bn-is-${service.health.status}`}><HealthLabel health={service.health} withReason /></div>
      <dl className="bn-tiles">
        {tiles.map(([name, value]) => (
          <div className="bn-tile" key={name}><dt>{name}</dt><dd className={value === texts.notKnown ? 'bn-unknown-value' : undefined}>{value}</dd></div>
        ))}
      </dl>
      <div className="bn-grid">
        <SignalChart service={service} signal="requests" title={texts.service.requests} format={perSecond} />
        <SignalChart service={service} signal="errors" title={texts.service.errors} format={percent} />
        <SignalChart service={service} signal="latency" title={texts.service.latency} format={milliseconds} />
      </div>
      <Card title={texts.service.versions}>
        {service.comparison && <p>{service.comparison.sentence}</p>}
        <DataTable label={texts.service.versions} columns={VERSION_COLUMNS} rows={service.versions} id={(version) => version.nodeId} empty={texts.service.noVersions} />
      </Card>
      <div className="bn-grid">
        <Card title={texts.service.routes}><Shown query={routing}>{(answer) => <Rules routing={answer} />}</Shown></Card>
        <Card title={texts.service.policies}>
          <Shown query={routing}>
            {({ policies }) => policies.length === 0 ? <p className="bn-none">{texts.service.noPolicies}</p> : (
              <ul className="bn-changes">
                {policies.map((policy) => (
                  <li key={`${policy.kind}/${policy.namespace}/${policy.name}`}><p><strong>{policy.kind} {policy.name}</strong></p><p>{policy.words}</p>{policy.file && <p className="bn-quiet">{policy.file}:{policy.line}</p>}</li>
                ))}
              </ul>
            )}
          </Shown>
        </Card>
      </div>
      <Card title={texts.service.trace}><Traces service={service.name} /></Card>
      <div className="bn-grid">
        <Neighbours title={texts.service.callers} edges={service.callers} other={(edge) => edge.source} />
        <Neighbours title={texts.service.calls} edges={service.calls} other={(edge) => edge.target} />
      </div>
      {service.slos.length > 0 && <Card title={texts.overview.budgets}>{service.slos.map((slo) => <Budget key={`${slo.name} ${JSON.stringify((slo as { labels?: unknown }).labels ?? null)}`} slo={slo} />)}</Card>}
      {service.alerts.length > 0 && (
        <Card title={texts.service.alerts}>
          <ul className="bn-changes">{service.alerts.map((alert) => <li key={alert.fingerprint}><p><strong>{alert.name}</strong> {alert.severity}</p><p>{alert.summary}</p></li>)}</ul>
        </Card>
      )}
      {service.unknown.length > 0 && (
        <Card title={texts.service.unknown}>
          <ul className="bn-changes">{service.unknown.map((each) => <li key={each.label}><p><strong>{each.label}</strong> {percent(each.share)}</p><p>{each.reason}</p></li>)}</ul>
        </Card>
      )}
      <Card title={texts.overview.changes}>
        <Shown query={changes}>
          {(answer) => <Changes changes={answer.changes.filter((change) => change.resources.some((each) => each.namespace === service.namespace && (each.name === service.name || (change.after ?? change.before ?? '').includes(service.name))))} />}
        </Shown>
      </Card>
    </>
  );
}

const VERSION_COLUMNS: Column<ServiceVersion>[] = [
  { name: texts.service.version, cell: (row) => row.version || row.workload, sort: (row) => row.version },
  { name: texts.topology.health, cell: (row) => <HealthLabel health={row.health} /> },
  { name: texts.service.share, cell: (row) => percent(row.share), sort: (row) => row.share, number: true },
  { name: texts.signals.requests, cell: (row) => perSecond(row.signals.requestsPerSecond), sort: (row) => row.signals.requestsPerSecond, number: true },
  { name: texts.signals.errors, cell: (row) => percent(row.signals.errorRate), sort: (row) => row.signals.errorRate, number: true },
  { name: texts.signals.p50, cell: (row) => milliseconds(row.signals.latencyMs.p50), sort: (row) => row.signals.latencyMs.p50, number: true },
  { name: texts.signals.p99, cell: (row) => milliseconds(row.signals.latencyMs.p99), sort: (row) => row.signals.latencyMs.p99, number: true },
  {
    name: texts.service.pods,
    cell: (row) => (
      <ul className="bn-pods">
        {row.pods.map((pod) => (
          <li key={pod.name}><HealthGlyph status={pod.ready ? 'ok' : 'failing'} size={12} /> {pod.name} {!pod.ready && texts.service.notReady}</li>
        ))}
      </ul>
    ),
  },
];

function SignalChart({ service, signal, title, format }: { service: ServiceDetail; signal: string; title: string; format: (value: number | null | undefined) => string }) {
  const { window } = useMoment();
  // A chart of five minutes shows little: an hour is the least.
  const query = useObserved<Series>('series', { service: `${service.namespace}/${service.name}`, signal }, { window: windowSeconds(window) < 3600 ? '1h' : window });
  return (
    <Card title={title}>
      <Shown query={query}>
        {(answer) => (
          <Suspense fallback={<Loading />}>
            <Chart title={title} answer={answer} format={format} />
          </Suspense>
        )}
      </Shown>
    </Card>
  );
}

function Neighbours({ title, edges, other }: { title: string; edges: Edge[]; other: (edge: Edge) => string }) {
  const columns: Column<Edge>[] = [
    { name: texts.topology.node, cell: (edge) => other(edge).split('/').slice(1).join('/') || other(edge), sort: other },
    { name: texts.topology.protocol, cell: (edge) => edge.protocol },
    { name: texts.signals.requests, cell: (edge) => perSecond(edge.requestsPerSecond), sort: (edge) => edge.requestsPerSecond, number: true },
    { name: texts.signals.errors, cell: (edge) => percent(edge.errorRate), sort: (edge) => edge.errorRate, number: true },
    { name: texts.signals.mtls, cell: (edge) => percent(edge.mtls), sort: (edge) => edge.mtls, number: true },
  ];
  return <Card title={title}><DataTable label={title} columns={columns} rows={edges} id={(edge) => `${edge.source}>${edge.target}>${edge.protocol}>${edge.reporter}`} empty={texts.topology.nobodyHere} /></Card>;
}
