/** What Prometheus answers to queries: https://prometheus.io/docs/prometheus/latest/querying/api/ */
export interface Answer {
  status: 'success' | 'error';
  data?: Data;
  error?: string;
  errorType?: string;
  warnings?: string[];
  infos?: string[];
}

export type Labels = Record<string, string>;

export type Data =
  | { resultType: 'vector'; result: { metric: Labels; value?: [number, string] }[] }
  | { resultType: 'matrix'; result: { metric: Labels; values?: [number, string][] }[] }
  | { resultType: 'scalar' | 'string'; result: [number, string] };

export interface Row {
  labels: Labels;
  value: string;
}

/** The rows of an answer to an instant query. */
export function rowsOf(data: Data): Row[] {
  switch (data.resultType) {
    case 'vector':
      return data.result.map(({ metric, value }) => ({ labels: metric, value: value?.[1] ?? 'histogram' }));
    case 'matrix':
      return data.result.map(({ metric, values }) => ({ labels: metric, value: (values ?? []).map(([, value]) => value).join(' ') }));
    default:
      return [{ labels: {}, value: data.result[1] }];
  }
}

/** A series as Prometheus writes it: name{label="value"}. */
export function seriesName(labels: Labels): string {
  const { __name__: name = '', ...rest } = labels;
  const inner = Object.keys(rest)
    .sort()
    .map((key) => `${key}=${JSON.stringify(rest[key])}`)
    .join(', ');
  return inner === '' ? name || '{}' : `${name}{${inner}}`;
}

/** The lines of a chart; null where a value is no number that can be drawn. */
export function linesOf(data: Data): { name: string; points: [number, number | null][] }[] {
  return data.resultType !== 'matrix'
    ? []
    : data.result.map(({ metric, values }) => ({
        name: seriesName(metric),
        points: (values ?? []).map(([at, text]) => [at, Number.isFinite(Number(text)) ? Number(text) : null]),
      }));
}

const STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 21_600, 43_200, 86_400];
const POINTS = 250;

/** A step in seconds that makes a few hundred points of a window. */
export function stepFor(windowSeconds: number): number {
  return STEPS.find((step) => windowSeconds / step <= POINTS) ?? 86_400;
}
