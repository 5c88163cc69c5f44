import { useCallback } from 'react';
import { useSearchParams } from 'react-router';

export const WINDOWS = ['1m', '5m', '15m', '1h', '6h', '1d', '7d'] as const;
const DEFAULT_WINDOW = '5m';

const UNITS: Record<string, number> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** What the page is about: a window that ends now, or at a time in the past. It is in the address. */
export interface Moment {
  window: string;
  /** ISO-8601; null is now. */
  at: string | null;
}

export function windowSeconds(window: string): number {
  const found = /^(\d+)([smhd])$/.exec(window);
  return found ? Number(found[1]) * (UNITS[found[2] ?? ''] ?? 0) : 0;
}

/** What an address says of the moment; what makes no sense there is the default. */
export function momentOf(search: URLSearchParams): Moment {
  const window = search.get('window') ?? '';
  const at = search.get('at') ?? '';
  const seconds = windowSeconds(window);
  const time = Date.parse(at);
  return {
    window: seconds >= 5 && seconds <= 7 * 86_400 ? window : DEFAULT_WINDOW,
    at: Number.isNaN(time) ? null : new Date(time).toISOString().replace('.000', ''),
  };
}

export function useMoment(): Moment {
  const [search] = useSearchParams();
  return momentOf(search);
}

/** Changes parts of the address; null takes one away. Back goes to what was before, unless it only replaces. */
export function useAddress(): (change: Record<string, string | null>, how?: { replace?: boolean }) => void {
  const [, setSearch] = useSearchParams();
  return useCallback(
    (change, how) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(change)) {
            if (value === null || value === '') {
              next.delete(name);
            } else {
              next.set(name, value);
            }
          }
          return next;
        },
        { replace: how?.replace ?? false },
      ),
    [setSearch],
  );
}

/** The part of the address that every link keeps. */
export function kept(search: URLSearchParams): string {
  const next = new URLSearchParams();
  for (const name of ['window', 'at']) {
    const value = search.get(name);
    if (value) {
      next.set(name, value);
    }
  }
  const text = next.toString();
  return text ? `?${text}` : '';
}
