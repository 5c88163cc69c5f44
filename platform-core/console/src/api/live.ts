import { useSyncExternalStore } from 'react';

/** How the page hears of news: the stream of events stands, is being made again, or there is none in this app. */
export type Connection = 'connecting' | 'live' | 'lost' | 'none';

export interface LiveState {
  connection: Connection;
  /** The time that all viewers ask about, so that they share an answer; null until the first tick. */
  at: string | null;
  /** How often each kind of event came: views that show it ask again when it grows. */
  seen: Readonly<Record<string, number>>;
}

const KINDS = ['mesh', 'changes', 'alerts'];
const SILENT_MS = 25_000;
const FIRST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 15_000;

/** The one connection of this page to /api/v1/events. It mends itself, also after a machine that slept. */
export class Live {
  private state: LiveState = { connection: 'connecting', at: null, seen: {} };
  private readonly listeners = new Set<() => void>();
  private source: EventSource | null = null;
  private silence: ReturnType<typeof setTimeout> | undefined;
  private again: ReturnType<typeof setTimeout> | undefined;
  private retry = FIRST_RETRY_MS;
  private readonly open: () => EventSource;

  constructor(open: () => EventSource = () => new EventSource('/api/v1/events')) {
    this.open = open;
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    if (this.listeners.size === 1) {
      this.connect();
    }
    return () => {
      this.listeners.delete(listener);
      if (this.listeners.size === 0) {
        this.close();
      }
    };
  };

  readonly current = (): LiveState => this.state;

  /** Tries at once, as a person asks for who sees that the connection is lost. */
  readonly connect = (): void => {
    this.close();
    const source = this.open();
    this.source = source;
    this.watch();
    source.addEventListener('open', () => this.watch());
    source.addEventListener('tick', (event) => {
      this.retry = FIRST_RETRY_MS;
      this.watch();
      this.set({ connection: 'live', at: timeOf(event) ?? this.state.at });
    });
    for (const kind of KINDS) {
      source.addEventListener(kind, () => {
        this.watch();
        this.set({ seen: { ...this.state.seen, [kind]: (this.state.seen[kind] ?? 0) + 1 } });
      });
    }
    source.addEventListener('error', () => this.lost());
  };

  private lost(): void {
    this.close();
    this.set({ connection: 'lost' });
    this.again = setTimeout(this.connect, this.retry);
    this.retry = Math.min(this.retry * 2, LONGEST_RETRY_MS);
  }

  /** A connection that says nothing for longer than the heartbeat is none. */
  private watch(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lost(), SILENT_MS);
  }

  private close(): void {
    clearTimeout(this.silence);
    clearTimeout(this.again);
    this.source?.close();
    this.source = null;
  }

  private set(change: Partial<LiveState>): void {
    this.state = { ...this.state, ...change };
    this.listeners.forEach((listener) => listener());
  }
}

function timeOf(event: Event): string | null {
  try {
    const data: unknown = JSON.parse((event as MessageEvent<string>).data);
    const at = (data as { at?: unknown }).at;
    return typeof at === 'string' && !Number.isNaN(Date.parse(at)) ? at : null;
  } catch {
    return null;
  }
}

export const live = new Live();

export function useLive(): LiveState {
  return useSyncExternalStore(live.subscribe, live.current);
}
