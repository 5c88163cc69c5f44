import { useState } from 'react';
import { useView } from '../../api/views';
import type { SpanView, TraceDetail, TraceSummary } from '../../api/types';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { ago, milliseconds } from '../../texts/format';

const SHOWN = 12;

/** The last traces that a service took part in, one of them span by span. */
export function Traces({ service }: { service: string }) {
  const [chosen, setChosen] = useState<string | null>(null);
  const list = useView<{ traces: TraceSummary[] }>('traces', { service, limit: SHOWN }, []);
  return (
    <Shown query={list}>
      {({ traces }) => {
        if (traces.length === 0) {
          return <p className="bn-none">{texts.service.noTraces}</p>;
        }
        const id = chosen ?? (traces.reduce((longest, trace) => (trace.durationMs > longest.durationMs ? trace : longest), traces[0] as TraceSummary)).id;
        const shown = traces.slice(0, SHOWN);
        return (
          <>
            <div className="bn-traces" role="group" aria-label={texts.service.traces}>
              {shown.map((trace) => (
                <button key={trace.id} type="button" className="bn-chip" aria-pressed={trace.id === id} onClick={() => setChosen(trace.id)}>
                  {milliseconds(trace.durationMs)}{trace.errors > 0 ? ` · ${texts.service.failed}` : ''} · {ago(trace.start)}
                </button>
              ))}
            </div>
            <Waterfall id={id} />
          </>
        );
      }}
    </Shown>
  );
}

function Waterfall({ id }: { id: string }) {
  const query = useView<TraceDetail>(`traces/${encodeURIComponent(id)}`);
  return (
    <Shown query={query}>
      {({ trace, roots }) => (
        <ol className="bn-waterfall" aria-label={texts.service.trace}>
          {flat(roots, 0).map(({ span, depth }) => (
            <li key={span.id} className={span.status === 'error' ? 'bn-span-bad' : undefined} title={span.message ?? span.name}>
              <span className="bn-span-name" style={{ paddingInlineStart: `${Math.min(depth, 10) * 0.7}rem` }}>
                <strong>{span.service}</strong> {span.name} {span.status === 'error' ? `(${texts.service.failed})` : ''}
              </span>
              <svg viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
                <rect x={share(span.offsetMs, trace.durationMs)} width={Math.max(3, share(span.durationMs, trace.durationMs))} y="1" height="8" rx="2" />
              </svg>
              <span className="bn-span-time">{milliseconds(span.durationMs)}</span>
            </li>
          ))}
        </ol>
      )}
    </Shown>
  );
}

function share(part: number, all: number): number {
  return all > 0 ? Math.max(0, Math.min(1000, (part / all) * 1000)) : 0;
}

export function flat(spans: SpanView[], depth: number): { span: SpanView; depth: number }[] {
  return spans.flatMap((span) => [{ span, depth }, ...flat(span.children, depth + 1)]);
}
