import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Live } from '../src/api/live';

class Source extends EventTarget {
  closed = false;
  close() {
    this.closed = true;
  }
  say(kind: string, data = '') {
    this.dispatchEvent(new MessageEvent(kind, { data }));
  }
}

describe('the stream of events', () => {
  let opened: Source[];
  let live: Live;
  let leave: () => void;

  beforeEach(() => {
    vi.useFakeTimers();
    opened = [];
    live = new Live(() => {
      const source = new Source();
      opened.push(source);
      return source as unknown as EventSource;
    });
    leave = live.subscribe(() => {});
  });

  afterEach(() => {
    leave();
    vi.useRealTimers();
  });

  it('says the time that all ask about', () => {
    opened[0]?.say('tick', '{"at":"2026-01-31T12:00:00Z","revision":3}');
    expect(live.current()).toMatchObject({ connection: 'live', at: '2026-01-31T12:00:00Z' });
  });

  it('takes no time from what is none', () => {
    opened[0]?.say('tick', '{"at":"2026-01-31T12:00:00Z"}');
    opened[0]?.say('tick', '<html>');
    opened[0]?.say('tick', '{"at":7}');
    expect(live.current().at).toBe('2026-01-31T12:00:00Z');
  });

  it('counts news', () => {
    opened[0]?.say('changes');
    opened[0]?.say('changes');
    expect(live.current().seen).toEqual({ changes: 2 });
  });

  it('is made again when it breaks, later and later', () => {
    opened[0]?.say('error');
    expect(live.current().connection).toBe('lost');
    expect(opened[0]?.closed).toBe(true);
    vi.advanceTimersByTime(1_000);
    expect(opened).toHaveLength(2);
    opened[1]?.say('error');
    vi.advanceTimersByTime(1_999);
    expect(opened).toHaveLength(2);
    vi.advanceTimersByTime(1);
    expect(opened).toHaveLength(3);
    opened[2]?.say('tick', '{}');
    expect(live.current().connection).toBe('live');
  });

  it('is lost when it says nothing at all', () => {
    opened[0]?.say('tick', '{}');
    vi.advanceTimersByTime(25_000);
    expect(live.current().connection).toBe('lost');
  });

  it('ends with the last who listens', () => {
    leave();
    expect(opened[0]?.closed).toBe(true);
  });
});
