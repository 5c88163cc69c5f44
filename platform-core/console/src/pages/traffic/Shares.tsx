import { useObserved } from '../../api/views';
import type { ServiceDetail } from '../../api/types';
import { Card } from '../../components/Card';
import { HealthLabel } from '../../components/Health';
import { Gaps, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { milliseconds, percent, perSecond } from '../../texts/format';

/** Where requests really go, as measured: what a change is to be compared with. */
export function Shares({ path }: { path: string }) {
  const query = useObserved<ServiceDetail>(path);
  return (
    <Card title={texts.traffic.really}>
      <Shown query={query}>
        {(service) => (
          <>
            <Gaps complete={service.complete} gaps={service.gaps} />
            {service.versions.length === 0 && <p className="bn-none">{texts.service.noVersions}</p>}
            {service.versions.map((version, index) => (
              <div key={version.nodeId}>
                <p className="bn-chart-head">
                  <span><strong>{version.version || version.workload}</strong> <HealthLabel health={version.health} /></span>
                  <strong>{percent(version.share)}</strong>
                </p>
                {version.share !== null && <div className="bn-bar" aria-hidden="true"><span className={`bn-swatch-${index % 6}`} style={{ flexBasis: `${version.share * 100}%` }} /></div>}
                <p className="bn-quiet">{perSecond(version.signals.requestsPerSecond)} · {texts.signals.errors} {percent(version.signals.errorRate)} · {texts.signals.p95} {milliseconds(version.signals.latencyMs.p95)}</p>
              </div>
            ))}
          </>
        )}
      </Shown>
    </Card>
  );
}
