import { Link, useSearchParams } from 'react-router';
import { useObserved, useView } from '../../api/views';
import type { Attention, Change, Overview as Answer, Slo } from '../../api/types';
import { kept } from '../../app/moment';
import { Card } from '../../components/Card';
import { Changes } from '../../components/Changes';
import { HEALTH_ORDER, HealthGlyph } from '../../components/Health';
import { PageHead } from '../../components/PageHead';
import { Gaps, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { ago, count, percent } from '../../texts/format';

const SHOWN_CHANGES = 8;

export default function Overview() {
  const query = useObserved<Answer>('overview');
  const changes = useView<{ changes: Change[] }>('changes', { limit: SHOWN_CHANGES }, ['changes', 'mesh']);
  return (
    <>
      <PageHead title={texts.nav.overview} lead={texts.overview.lead} />
      <Shown query={query}>{(answer) => <Now answer={answer} />}</Shown>
      <Card title={texts.overview.changes}>
        <Shown query={changes}>{(answer) => <Changes changes={answer.changes} />}</Shown>
      </Card>
    </>
  );
}

function Now({ answer }: { answer: Answer }) {
  const [search] = useSearchParams();
  const keep = kept(search);
  return (
    <>
      <Gaps complete={answer.complete} gaps={answer.gaps} />
      <Card title={texts.overview.attention}>
        {answer.attention.length === 0 ? <Fine complete={answer.complete} /> : (
          <ul className="bn-attention">
            {answer.attention.map((item) => (
              <li key={`${item.title}${item.node ?? ''}`}>
                <Link to={`${target(item)}${keep}`} className={`bn-is-${item.severity}`}>
                  <HealthGlyph status={item.severity} size={20} />
                  <div>
                    <p><strong>{item.title}</strong> <span className="bn-quiet">{texts.health[item.severity]}</span></p>
                    <p>{item.reason}</p>
                  </div>
                  {item.since && <span className="bn-since">{texts.overview.since(ago(item.since))}</span>}
                </Link>
              </li>
            ))}
          </ul>
        )}
      </Card>
      <div className="bn-tiles">
        <Tile name={texts.overview.alerts} value={count(answer.alerts)} to={`/slos${keep}`} />
        <Tile name={texts.overview.diagnostics} value={texts.overview.errorsAndWarnings(answer.diagnostics.errors, answer.diagnostics.warnings)} to={`/configuration${keep}`} small />
        <Tile name={texts.overview.proxies} value={texts.overview.of(answer.proxies.synced, answer.proxies.all)} to={`/configuration${keep}`} />
        <Tile name={texts.overview.plugins} value={texts.overview.of(answer.plugins.ok, answer.plugins.all)} to={`/plugins${keep}`} />
      </div>
      <div className="bn-grid">
        <Card title={texts.overview.services} aside={<Link to={`/topology${keep}`}>{texts.nav.topology}</Link>}>
          <Counts counts={answer.counts} />
        </Card>
        <Card title={texts.overview.budgets} aside={<Link to={`/slos${keep}`}>{texts.nav.slos}</Link>}>
          {answer.budgets.length === 0 ? <p className="bn-none">{texts.overview.noBudgets}</p> : answer.budgets.map((slo) => <Budget key={`${slo.name} ${JSON.stringify((slo as { labels?: unknown }).labels ?? null)}`} slo={slo} />)}
        </Card>
      </div>
    </>
  );
}

function Fine({ complete }: { complete: boolean }) {
  return complete ? (
    <div className="bn-good">
      <span className="bn-is-ok"><HealthGlyph status="ok" size={24} /></span>
      <p><strong>{texts.overview.fine}</strong><br />{texts.overview.fineText}</p>
    </div>
  ) : <p className="bn-none">{texts.overview.unsure}</p>;
}

function Tile({ name, value, to, small = false }: { name: string; value: string; to: string; small?: boolean }) {
  return (
    <Link className="bn-tile" to={to}>
      <span className="bn-tile-name">{name}</span>
      <div className={`bn-tile-value${value === texts.notKnown || small ? ' bn-tile-words' : ''}`}>{value}</div>
    </Link>
  );
}

function Counts({ counts }: { counts: Answer['counts'] }) {
  return (
    <>
      <div className="bn-bar" aria-hidden="true">
        {HEALTH_ORDER.filter((status) => counts[status] > 0).map((status) => <span key={status} className={`bn-is-${status}`} style={{ flexGrow: counts[status] }} />)}
      </div>
      <ul className="bn-counts">
        {HEALTH_ORDER.map((status) => (
          <li key={status}><HealthGlyph status={status} /> <strong>{count(counts[status])}</strong> {texts.health[status]}</li>
        ))}
      </ul>
    </>
  );
}

const BUDGET_HEALTH = { ok: 'ok', burning: 'degraded', exhausted: 'failing', unknown: 'unknown', 'no-traffic': 'idle' } as const;

export function Budget({ slo }: { slo: Slo }) {
  const status = BUDGET_HEALTH[slo.state] ?? 'unknown';
  return (
    <div className={`bn-is-${status}`}>
      <p className="bn-chart-head"><span><HealthGlyph status={status} /> <strong>{slo.displayName || slo.name}</strong></span> <span>{percent(slo.budgetRemaining)} {texts.overview.budgetLeft}</span></p>
      {slo.budgetRemaining !== null && (
        <div className="bn-bar" aria-hidden="true"><span style={{ flexBasis: `${Math.max(0, Math.min(1, slo.budgetRemaining)) * 100}%` }} /></div>
      )}
      <p className="bn-quiet">{slo.reason}</p>
    </div>
  );
}

/** Where one learns more. */
function target(item: Attention): string {
  const service = /^service\/([^/]+)\/([^/]+)$/.exec(item.node ?? '');
  if (service) {
    return `/services/${encodeURIComponent(service[1] ?? '')}/${encodeURIComponent(service[2] ?? '')}`;
  }
  return ['topology', 'slos', 'configuration', 'plugins'].includes(item.page) ? `/${item.page}` : '/topology';
}
