import { diffLines } from './lines';

const SIGNS = { same: '  ', added: '+ ', removed: '- ' } as const;

/** What a text was and becomes, line by line; signs say it without colours. */
export function Diff({ before, after, label }: { before: string; after: string; label: string }) {
  return (
    <pre className="bn-code" tabIndex={0} aria-label={label}>
      {diffLines(before, after).map(({ kind, text }, index) => {
        const Line = kind === 'added' ? 'ins' : kind === 'removed' ? 'del' : 'span';
        return <Line key={index}>{SIGNS[kind] + text}</Line>;
      })}
    </pre>
  );
}
