import { texts } from '../texts/en';

/** Names and values; what is not known is quiet, and never a number. */
export function Facts({ facts }: { facts: [string, string][] }) {
  return (
    <dl className="bn-facts">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd className={value === texts.notKnown ? 'bn-unknown-value' : undefined}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
