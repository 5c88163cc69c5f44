import { SearchInput } from '@patternfly/react-core';
import { Link, useSearchParams } from 'react-router';
import { useObserved } from '../../api/views';
import type { Services as Answer, ServiceSummary } from '../../api/types';
import { kept, useAddress } from '../../app/moment';
import { DataTable, type Column } from '../../components/DataTable';
import { HEALTH_ORDER, HealthLabel } from '../../components/Health';
import { PageHead } from '../../components/PageHead';
import { Gaps, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { count, milliseconds, percent, perSecond } from '../../texts/format';

/** All services; `to` says which page of a service a row leads to. */
export function ServiceList({ to, title, lead }: { to: 'services' | 'traffic'; title: string; lead: string }) {
  const query = useObserved<Answer>('services');
  const [search] = useSearchParams();
  const change = useAddress();
  const text = search.get('find') ?? '';
  const columns: Column<ServiceSummary>[] = [
    { name: texts.services.name, cell: (row) => <Link to={`/${to}/${encodeURIComponent(row.namespace)}/${encodeURIComponent(row.name)}${kept(search)}`}>{row.name}</Link>, sort: (row) => row.name },
    { name: texts.topology.namespace, cell: (row) => (row.external ? `${row.namespace} (${texts.services.external})` : row.namespace), sort: (row) => row.namespace },
    { name: texts.topology.health, cell: (row) => <HealthLabel health={row.health} />, sort: (row) => HEALTH_ORDER.indexOf(row.health.status) },
    { name: texts.signals.requests, cell: (row) => perSecond(row.signals.requestsPerSecond), sort: (row) => row.signals.requestsPerSecond, number: true },
    { name: texts.signals.errors, cell: (row) => percent(row.signals.errorRate), sort: (row) => row.signals.errorRate, number: true },
    { name: texts.signals.p95, cell: (row) => milliseconds(row.signals.latencyMs.p95), sort: (row) => row.signals.latencyMs.p95, number: true },
    { name: texts.services.versions, cell: (row) => row.versions.join(', ') || '–', sort: (row) => row.versions.length },
    { name: texts.overview.alerts, cell: (row) => count(row.alerts), sort: (row) => row.alerts, number: true },
  ];
  return (
    <>
      <PageHead title={title} lead={lead}>
        <SearchInput aria-label={texts.services.find} placeholder={texts.services.find} value={text} onChange={(_event, value) => change({ find: value }, { replace: true })} onClear={() => change({ find: null }, { replace: true })} />
      </PageHead>
      <Shown query={query}>
        {(answer) => (
          <>
            <Gaps complete={answer.complete} gaps={answer.gaps} />
            <DataTable
              label={title}
              columns={columns}
              rows={answer.services.filter(({ namespace, name }) => `${namespace}/${name}`.toLowerCase().includes(text.trim().toLowerCase()))}
              id={(row) => row.id}
              empty={texts.services.none}
            />
          </>
        )}
      </Shown>
    </>
  );
}

export default function Services() {
  return <ServiceList to="services" title={texts.nav.services} lead={texts.services.lead} />;
}
