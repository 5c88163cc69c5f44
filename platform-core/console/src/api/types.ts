/** What the app answers under /api/v1. What is not known is null, never 0. */
export type HealthStatus = 'failing' | 'degraded' | 'unknown' | 'idle' | 'ok';

export interface Health {
  status: HealthStatus;
  reason: string;
}

/** What every view that asks Prometheus says about itself. */
export interface Observed {
  at: string;
  window: string;
  complete: boolean;
  gaps: string[];
}

export interface Latency {
  p50: number | null;
  p95: number | null;
  p99: number | null;
}

export interface Tcp {
  connectionsPerSecond: number | null;
  sentBytesPerSecond: number | null;
  receivedBytesPerSecond: number | null;
}

export interface TopologyNode {
  id: string;
  kind: string;
  namespace: string;
  name: string;
  app: string;
  version: string;
  health: Health;
  signals: {
    requestsPerSecond: number | null;
    errorRate: number | null;
    sentPerSecond: number | null;
    sentErrorRate: number | null;
    tcpBytesPerSecond: number | null;
  };
}

export interface Edge {
  source: string;
  target: string;
  protocol: string;
  reporter: string;
  requestsPerSecond: number | null;
  errorRate: number | null;
  latencyMs: Latency;
  mtls: number | null;
  retryFactor: number | null;
  flags: Record<string, number>;
  tcp: Tcp | null;
}

export interface Topology extends Observed {
  nodes: TopologyNode[];
  edges: Edge[];
}

export interface Signals {
  requestsPerSecond: number | null;
  errorRate: number | null;
  latencyMs: Latency;
  tcp: Tcp | null;
}

export interface ServiceSummary {
  id: string;
  namespace: string;
  name: string;
  host: string;
  external: boolean;
  health: Health;
  signals: Signals;
  versions: string[];
  alerts: number | null;
}

export interface Services extends Observed {
  services: ServiceSummary[];
}

export interface Slo {
  name: string;
  displayName: string;
  service: string;
  namespace: string;
  objective: number;
  window: string;
  state: 'ok' | 'burning' | 'exhausted' | 'unknown' | 'no-traffic';
  reason: string;
  budgetRemaining: number | null;
  burnRate: Record<string, number | null>;
  exhaustedIn: number | string | null;
  file: string | null;
  line: number | null;
}

export interface Alert {
  fingerprint: string;
  name: string;
  severity: string;
  state: string;
  since: string;
  summary: string;
  description: string;
  runbook: string | null;
  labels: Record<string, string>;
  node: string | null;
}

export interface ServiceVersion {
  version: string;
  workload: string;
  nodeId: string;
  share: number | null;
  health: Health;
  signals: Signals;
  pods: { name: string; ready: boolean }[];
}

export interface ServiceDetail extends Observed {
  id: string;
  namespace: string;
  name: string;
  host: string;
  external: boolean;
  ports: { port: number; name: string; protocol: string }[];
  health: Health;
  signals: Signals;
  versions: ServiceVersion[];
  comparison: { sentence: string } | null;
  callers: Edge[];
  calls: Edge[];
  slos: Slo[];
  alerts: Alert[];
  unknown: { label: string; share: number | null; reason: string }[];
  routes?: { name: string; signals: Signals }[];
}

export interface Series extends Observed {
  stepSeconds: number;
  signal: string;
  unit: string;
  series: { name: string; points: [number, number | null][] }[];
}

export interface Attention {
  severity: 'failing' | 'degraded' | 'unknown';
  title: string;
  reason: string;
  node: string | null;
  page: string;
  since: string | null;
}

export interface Overview extends Observed {
  counts: Record<HealthStatus, number>;
  attention: Attention[];
  budgets: Slo[];
  alerts: number | null;
  diagnostics: { errors: number; warnings: number };
  proxies: { all: number; synced: number };
  plugins: { all: number; ok: number };
}

export interface ResourceName {
  kind: string;
  namespace: string;
  name: string;
}

export interface Change {
  id: string;
  at: string;
  who: string;
  kind: string;
  resources: ResourceName[];
  words: string;
  outcome: string;
  before: string | null;
  after: string | null;
  undoable: boolean;
  undoneBy: string | null;
}

export interface Diagnostic {
  code?: string;
  severity: string;
  message: string;
  advice?: string;
  file?: string;
  line?: number;
  [more: string]: unknown;
}

export interface RouteDestination {
  host: string;
  subset: string | null;
  version: string | null;
  port: number | null;
  weight: number;
  readyEndpoints: number | null;
}

export interface RouteRule {
  index: number;
  protocol: string;
  name: string | null;
  origin: { file: string; line: number; resource: ResourceName } | null;
  when: string;
  then: string;
  action: string;
  destinations: RouteDestination[];
  fault: {
    delay: { milliseconds: number; percent: number } | null;
    abort: { httpStatus?: number; grpcStatus?: string; percent: number } | null;
  } | null;
  timeout: number | null;
  retries: { attempts: number; on: string } | null;
  mirror: Record<string, unknown> | null;
}

export interface Routing {
  namespace: string;
  name: string;
  host: string;
  revision: number | string;
  rules: RouteRule[];
  subsets: { name: string; version: string | null; labels: Record<string, string>; workloads: string[] }[];
  policies: { kind: string; namespace: string; name: string; file: string | null; line: number | null; words: string }[];
  editable: boolean;
  why: string | null;
}

export interface RoutingDraft {
  yaml: string;
  before: string | null;
  files: { name: string; text: string }[];
  words: string[];
  diagnostics: Diagnostic[];
}

export interface Session {
  user: string | null;
  roles: string[];
  csrf: string | null;
  login: string;
  how: string;
}

export interface TraceSummary {
  id: string;
  service: string;
  name: string;
  start: string;
  durationMs: number;
  spans: number;
  errors: number;
  services: string[];
}

export interface SpanView {
  id: string;
  service: string;
  name: string;
  kind: string;
  offsetMs: number;
  durationMs: number;
  status: string;
  message?: string;
  attributes: Record<string, string>;
  children: SpanView[];
}

export interface TraceDetail {
  trace: TraceSummary;
  roots: SpanView[];
}
