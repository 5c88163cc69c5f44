import type { Change } from '../api/types';
import { texts } from '../texts/en';
import { ago, dayAndTime } from '../texts/format';
import { Diff } from './Diff';

/** The log of changes, newest first. */
export function Changes({ changes }: { changes: Change[] }) {
  if (changes.length === 0) {
    return <p className="bn-none">{texts.overview.noChanges}</p>;
  }
  return (
    <ul className="bn-changes">
      {changes.map((change) => (
        <li key={change.id}>
          <p>
            <strong>{change.words}</strong>
          </p>
          <p className="bn-quiet">
            <time dateTime={change.at} title={dayAndTime(change.at)}>{ago(change.at)}</time> · {texts.overview.changedBy(change.who)} · {change.outcome}
          </p>
          {(change.before !== null || change.after !== null) && (
            <details>
              <summary>{texts.overview.showDiff}</summary>
              <Diff before={change.before ?? ''} after={change.after ?? ''} label={texts.overview.showDiff} />
            </details>
          )}
        </li>
      ))}
    </ul>
  );
}
