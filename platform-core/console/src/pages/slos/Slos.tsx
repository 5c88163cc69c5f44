import { Link, useSearchParams } from 'react-router';
import { kept } from '../../app/moment';
import type { Alert, HealthStatus, Slo as Written } from '../../api/types';
import { useView } from '../../api/views';
import { DataTable, type Column } from '../../components/DataTable';
import { HealthGlyph } from '../../components/Health';
import { Icon } from '../../components/Icon';
import { PageHead } from '../../components/PageHead';
import { Gaps, Shown } from '../../components/States';
import { ago, dayAndTime, duration, factor, percent } from '../../texts/format';
import { texts } from '../../texts/en';

const words = texts.slos;

/** Of what nobody declares, nothing but its name and its numbers is known. */
type Slo = Omit<Written, 'objective' | 'window' | 'service' | 'namespace'> & {
  objective: number | null;
  window: string | null;
  service: string | null;
  namespace: string | null;
  labels?: Record<string, string>;
};

const LOOKS: Record<string, HealthStatus> = { exhausted: 'failing', burning: 'degraded', unknown: 'unknown', 'no-traffic': 'idle', ok: 'ok' };
const ORDER = ['exhausted', 'burning', 'unknown', 'no-traffic', 'ok'];
const SEVERITIES: Record<string, HealthStatus> = { critical: 'failing', page: 'failing', warning: 'degraded', ticket: 'degraded' };

export default function Slos() {
  const slos = useView<{ complete: boolean; gaps: string[]; slos: Slo[] }>('slos', {}, ['tick']);
  const alerts = useView<{ complete: boolean; gaps: string[]; alerts: Alert[] }>('alerts', {}, ['alerts', 'tick']);
  return (
    <>
      <PageHead title={texts.nav.slos} lead={words.lead} />
      <section className="bn-stack" aria-labelledby="alerts">
        <h2 id="alerts">{words.alerts}</h2>
        <Shown query={alerts}>
          {(answer) => (
            <>
              <Gaps complete={answer.complete} gaps={answer.gaps} />
              <Alerts alerts={answer.alerts} complete={answer.complete} />
            </>
          )}
        </Shown>
      </section>
      <section className="bn-stack" aria-labelledby="objectives">
        <h2 id="objectives">{words.objectives}</h2>
        <Shown query={slos}>
          {(answer) => (
            <>
              <Gaps complete={answer.complete} gaps={answer.gaps} />
              {answer.slos.length === 0 && answer.complete && <p className="bn-none">{words.noObjectives}</p>}
              <ul className="bn-cards">
                {[...answer.slos]
                  .sort((a, b) => ORDER.indexOf(a.state) - ORDER.indexOf(b.state) || a.name.localeCompare(b.name))
                  .map((slo) => (
                    <li key={`${slo.name} ${JSON.stringify(slo.labels ?? {})}`}>
                      <Objective slo={slo} />
                    </li>
                  ))}
              </ul>
            </>
          )}
        </Shown>
      </section>
    </>
  );
}

/** One objective: how much of its budget is left, how fast it goes, and when it is gone. */
function Objective({ slo }: { slo: Slo }) {
  const [search] = useSearchParams();
  const look = LOOKS[slo.state] ?? 'unknown';
  const left = slo.budgetRemaining;
  const until = typeof slo.exhaustedIn === 'string' ? Number(slo.exhaustedIn) : slo.exhaustedIn;
  return (
    <article className={`bn-card bn-slo bn-is-${look}`}>
      <header>
        <HealthGlyph status={look} size={18} />
        <h3>{[slo.displayName || slo.name, ...Object.values(slo.labels ?? {})].join(' · ')}</h3>
        <span className={`bn-health-word bn-is-${look}`}>{words.states[slo.state] ?? slo.state}</span>
      </header>
      <p className="bn-quiet">
        {slo.objective !== null && slo.window !== null && words.promise(percent(slo.objective), slo.window)}{' '}
        {slo.service && slo.namespace && (
          <Link to={`/services/${encodeURIComponent(slo.namespace)}/${encodeURIComponent(slo.service)}${kept(search)}`}>{slo.service}</Link>
        )}
      </p>
      <div className="bn-budget">
        {left !== null && (
          <div className="bn-bar" role="meter" aria-label={words.left} aria-valuemin={0} aria-valuemax={100} aria-valuenow={Math.round(Math.max(0, left) * 100)} aria-valuetext={percent(left)}>
            <span style={{ flexBasis: `${Math.min(100, Math.max(0, left * 100))}%` }} />
          </div>
        )}
        <span>
          <strong>{percent(left)}</strong> {words.left}
        </span>
      </div>
      <dl className="bn-fact-grid">
        {Object.entries(slo.burnRate).map(([window, rate]) => (
          <div key={window}>
            <dt>{words.burn(window)}</dt>
            <dd>{factor(rate)}</dd>
          </div>
        ))}
        <div>
          <dt>{words.gone}</dt>
          <dd>{left === null ? texts.notKnown : until === null || !Number.isFinite(until) ? words.notAtThisRate : duration(until)}</dd>
        </div>
      </dl>
      <p>{slo.reason}</p>
      {slo.file && <code className="bn-quiet bn-break">{slo.line ? `${slo.file}:${slo.line}` : slo.file}</code>}
    </article>
  );
}

function Alerts({ alerts, complete }: { alerts: Alert[]; complete: boolean }) {
  const [search] = useSearchParams();
  const columns: Column<Alert>[] = [
    {
      name: words.alert,
      cell: (alert) => (
        <>
          <span className="bn-health">
            <HealthGlyph status={SEVERITIES[alert.severity] ?? 'unknown'} />
            <strong>{alert.name}</strong>
          </span>
          <div>{alert.summary}</div>
          {alert.description && <div className="bn-quiet">{alert.description}</div>}
        </>
      ),
      sort: ({ name }) => name,
    },
    { name: words.severity, cell: ({ severity }) => severity || '–', sort: ({ severity }) => severity },
    { name: words.state, cell: ({ state }) => words.alertStates[state] ?? state, sort: ({ state }) => state },
    {
      name: words.since,
      cell: ({ since }) => (
        <time dateTime={since} title={dayAndTime(since)}>
          {ago(since)}
        </time>
      ),
      sort: ({ since }) => since,
    },
    {
      name: words.where,
      cell: ({ node, labels }) =>
        node ? <Link to={`/topology${withNode(kept(search), node)}`}>{node.replace(/^[^/]*\//, '')}</Link> : (labels.instance ?? labels.job ?? '–'),
    },
    {
      name: words.runbook,
      cell: ({ runbook }) =>
        runbook && /^https?:\/\//.test(runbook) ? (
          <a href={runbook} rel="noreferrer noopener" target="_blank">
            {words.open} <Icon name="external" size={14} />
          </a>
        ) : (
          (runbook ?? '–')
        ),
    },
  ];
  return <DataTable label={words.alerts} columns={columns} rows={alerts} id={({ fingerprint }) => fingerprint} empty={complete ? words.quiet : words.notLearned} />;
}

function withNode(query: string, node: string): string {
  const next = new URLSearchParams(query);
  next.set('node', node);
  return `?${next.toString()}`;
}
