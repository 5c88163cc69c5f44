import { keepPreviousData, useQuery, type UseQueryResult } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useMoment } from '../app/moment';
import { ApiError, get, type Parameters } from './client';
import { useLive } from './live';
import type { Session } from './types';

/** While there is no stream of events, views are asked for again this often. */
const WITHOUT_EVENTS_MS = 15_000;

/** A view of a moment: it follows the ticks while the page is live, and stands still in the past. */
export function useObserved<T>(path: string | null, parameters: Parameters = {}, own: { window?: string } = {}): UseQueryResult<T, ApiError> {
  const moment = useMoment();
  const { connection, at: tick } = useLive();
  const latest = moment.at ?? (connection === 'live' ? tick : null);
  const [followed, follow] = useState(latest);
  const at = moment.at ?? followed;
  const asked = { ...parameters, window: own.window ?? moment.window, at };
  const query = useQuery<T, ApiError>({
    queryKey: [path, asked],
    queryFn: ({ signal }) => get<T>(path ?? '', asked, signal),
    enabled: path !== null && (moment.at !== null || connection !== 'connecting'),
    placeholderData: (previous, query) => (query?.queryKey[0] === path && sameBut(query.queryKey[1], asked) ? previous : undefined),
    staleTime: at ? Infinity : 0,
    gcTime: 30_000,
    refetchInterval: moment.at === null && connection !== 'live' ? WITHOUT_EVENTS_MS : false,
    retry: false,
  });
  useFollowing(latest, query.isFetching, follow);
  return query;
}

/**
 * Follows the latest time once no question is under way: else a Prometheus that is slower than the ticks would never be heard.
 */
export function useFollowing(latest: string | null, isFetching: boolean, follow: (at: string | null) => void): void {
  useEffect(() => {
    if (!isFetching) {
      follow(latest);
    }
  }, [isFetching, latest, follow]);
}

/** Whether two questions differ in time alone, so that the old answer may stand until the new one is there. */
function sameBut(before: unknown, now: Parameters): boolean {
  const strip = (asked: Parameters) => JSON.stringify({ ...asked, at: null, window: null });
  return strip((before ?? {}) as Parameters) === strip(now);
}

/** A view without a time; it is asked for again when an event of one of these kinds came, 'tick' among them. */
export function useView<T>(path: string | null, parameters: Parameters = {}, events: string[] = []): UseQueryResult<T, ApiError> {
  const { seen, connection, at } = useLive();
  return useQuery<T, ApiError>({
    queryKey: [path, parameters, events.map((kind) => (kind === 'tick' ? at : (seen[kind] ?? 0)))],
    queryFn: ({ signal }) => get<T>(path ?? '', parameters, signal),
    enabled: path !== null,
    placeholderData: keepPreviousData,
    staleTime: 5_000,
    gcTime: 60_000,
    refetchInterval: connection !== 'live' ? WITHOUT_EVENTS_MS : false,
    retry: false,
  });
}

const READING: Session = { user: null, roles: ['viewer'], csrf: null, login: 'none', how: '' };

/** Who looks, and what they may do. Until the app has said so: read. */
export function useSession(): Session & { mayChange: boolean; known: boolean } {
  const { data, isSuccess } = useQuery<Session, ApiError>({
    queryKey: ['session'],
    queryFn: ({ signal }) => get<Session>('session', {}, signal),
    staleTime: 60_000,
    retry: false,
  });
  const session = data ?? READING;
  return { ...session, mayChange: session.roles.includes('operator'), known: isSuccess };
}
