import type { Routing } from '../api/types';
import { texts } from '../texts/en';
import { milliseconds, percent } from '../texts/format';

/** The rules of a service in words, in the order in which they are tried. */
export function Rules({ routing }: { routing: Routing }) {
  if (routing.rules.length === 0) {
    return <p className="bn-none">{texts.service.noRoutes}</p>;
  }
  return (
    <ol className="bn-rules">
      {routing.rules.map((rule) => (
        <li key={`${rule.protocol}${rule.index}`}>
          <p><strong>{rule.when}</strong> {rule.name && <span className="bn-quiet">{rule.name}</span>}</p>
          <p>{rule.then}</p>
          {rule.fault?.delay && <p>{texts.traffic.delayed(percent(rule.fault.delay.percent / 100), milliseconds(rule.fault.delay.milliseconds))}</p>}
          {rule.fault?.abort && <p>{texts.traffic.aborted(percent(rule.fault.abort.percent / 100), String(rule.fault.abort.httpStatus ?? rule.fault.abort.grpcStatus ?? ''))}</p>}
          {rule.origin && <p className="bn-quiet">{rule.origin.file}:{rule.origin.line}</p>}
        </li>
      ))}
    </ol>
  );
}
