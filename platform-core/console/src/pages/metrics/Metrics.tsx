import { Alert, Button } from '@patternfly/react-core';
import { useQuery } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ApiError, get } from '../../api/client';
import { useLive } from '../../api/live';
import { useFollowing } from '../../api/views';
import { useAddress, useMoment, windowSeconds } from '../../app/moment';
import { Card } from '../../components/Card';
import { DataTable, type Column } from '../../components/DataTable';
import { PageHead } from '../../components/PageHead';
import { Loading, Shown } from '../../components/States';
import { number } from '../../texts/format';
import { texts } from '../../texts/en';
import { type Answer, linesOf, type Row, rowsOf, seriesName, stepFor } from './answers';

const words = texts.metrics;
const Editor = lazy(() => import('./Editor'));
const Plot = lazy(() => import('../service/Chart').then(({ Chart }) => ({ default: Chart })));

const MOST_ROWS = 500;
const MOST_LINES = 24;

const EXAMPLES = [
  { title: words.examples.requests, query: 'sum by (destination_service_name) (rate(istio_requests_total{reporter="source"}[1m]))' },
  {
    title: words.examples.latency,
    query: 'histogram_quantile(0.95, sum by (le, destination_service_name) (rate(istio_request_duration_milliseconds_bucket{reporter="source"}[1m])))',
  },
  { title: words.examples.up, query: 'up' },
];

/** A PromQL query, as chart and as table; the query is in the address. */
export default function Metrics() {
  const [search] = useSearchParams();
  const go = useAddress();
  const query = search.get('query') ?? '';
  const [draft, setDraft] = useState(query);
  const [shownFor, setShownFor] = useState(query);
  // Back and forward bring another query, and the editor follows.
  if (shownFor !== query) {
    setShownFor(query);
    setDraft(query);
  }
  const run = (text: string) => go({ query: text.trim() });
  return (
    <>
      <PageHead title={texts.nav.metrics} lead={words.lead} />
      <form
        className="bn-query"
        onSubmit={(event) => {
          event.preventDefault();
          run(draft);
        }}
      >
        <Suspense fallback={<div className="bn-editor" />}>
          <Editor label={words.query} value={draft} onChange={setDraft} onRun={run} />
        </Suspense>
        <Button type="submit" variant="primary" isDisabled={draft.trim() === ''}>
          {words.run}
        </Button>
      </form>
      {query === '' ? (
        <ul className="bn-examples">
          {EXAMPLES.map((example) => (
            <li key={example.query}>
              <button type="button" className="bn-link" onClick={() => run(example.query)}>
                {example.title}
              </button>
              <code className="bn-quiet bn-break">{example.query}</code>
            </li>
          ))}
        </ul>
      ) : (
        <Answers query={query} />
      )}
    </>
  );
}

function Answers({ query }: { query: string }) {
  const moment = useMoment();
  const { at: tick } = useLive();
  const [followed, follow] = useState(tick);
  const at = moment.at ?? followed;
  const seconds = windowSeconds(moment.window);
  const instant = useQuery<Answer, ApiError>({
    queryKey: ['prometheus/query', query, at],
    queryFn: ({ signal }) => get<Answer>('prometheus/api/v1/query', { query, time: at }, signal),
    placeholderData: (previous, before) => (before?.queryKey[1] === query ? previous : undefined),
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  });
  const range = useQuery<Answer, ApiError>({
    queryKey: ['prometheus/query_range', query, at, seconds],
    queryFn: ({ signal }) => {
      const end = at === null ? Date.now() / 1000 : Date.parse(at) / 1000;
      return get<Answer>('prometheus/api/v1/query_range', { query, start: end - seconds, end, step: stepFor(seconds) }, signal);
    },
    placeholderData: (previous, before) => (before?.queryKey[1] === query ? previous : undefined),
    staleTime: Infinity,
    gcTime: 30_000,
    retry: false,
  });
  useFollowing(tick, instant.isFetching || range.isFetching, follow);
  if (instant.error && typeof instant.error.problem?.error === 'string') {
    return (
      <Alert isInline variant="danger" title={words.refused} component="p">
        {errorOf(instant.error)}
      </Alert>
    );
  }
  return (
    <>
      <Card title={words.chart(moment.window)}>
        {range.error ? (
          <p className="bn-none">{errorOf(range.error)}</p>
        ) : range.data?.data ? (
          <Lines data={range.data.data} />
        ) : (
          <Loading />
        )}
      </Card>
      <Shown query={instant}>
        {(answer) => (
          <section className="bn-stack" aria-labelledby="values">
            <h2 id="values">{words.values}</h2>
            <Notes answer={answer} />
            {answer.data && <Values rows={rowsOf(answer.data)} />}
          </section>
        )}
      </Shown>
    </>
  );
}

/** Prometheus' own words, which say where the query is wrong. */
function errorOf(error: ApiError): string {
  const said = error.problem?.error;
  return typeof said === 'string' && said !== '' ? said : error.message;
}

function Notes({ answer }: { answer: Answer }) {
  const notes = [...(answer.warnings ?? []), ...(answer.infos ?? [])];
  return notes.length === 0 ? null : (
    <Alert isInline variant="warning" title={words.notes} component="p">
      <ul>
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
    </Alert>
  );
}

function Lines({ data }: { data: NonNullable<Answer['data']> }) {
  const lines = linesOf(data);
  if (lines.length === 0) {
    return <p className="bn-none">{words.noLine}</p>;
  }
  return (
    <>
      {lines.length > MOST_LINES && <p className="bn-quiet">{words.someLines(MOST_LINES, lines.length)}</p>}
      <Suspense fallback={<Loading />}>
        <Plot title={words.chartTitle} answer={{ series: lines.slice(0, MOST_LINES) }} format={number} />
      </Suspense>
    </>
  );
}

function Values({ rows }: { rows: Row[] }) {
  const columns: Column<Row>[] = [
    { name: words.series, cell: ({ labels }) => <code className="bn-break">{seriesName(labels)}</code>, sort: ({ labels }) => seriesName(labels) },
    { name: words.value, cell: ({ value }) => value, sort: ({ value }) => (Number.isNaN(Number(value)) ? null : Number(value)), number: true },
  ];
  return (
    <>
      {rows.length > MOST_ROWS && <p className="bn-quiet">{words.someRows(MOST_ROWS, rows.length)}</p>}
      <DataTable label={words.values} columns={columns} rows={rows.slice(0, MOST_ROWS)} id={({ labels }) => seriesName(labels)} empty={words.nothing} />
    </>
  );
}

