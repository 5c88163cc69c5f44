/** Strokes on a grid of 24; what they mean is always said in words, too. */
const PATHS = {
  overview: 'M4 13h6V4H4zM14 20h6v-9h-6zM4 20h6v-3H4zM14 7h6V4h-6z',
  topology: 'M3 12a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16 5a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M16 19a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0M8 11l8-5M8 13l8 5',
  service: 'M12 3l8 4.5v9L12 21l-8-4.5v-9zM4 7.5l8 4.5l8-4.5M12 12v9',
  traffic: 'M3 12h6c4 0 3-6 8-6h4M9 12c4 0 3 6 8 6h4M18 3l3 3l-3 3M18 15l3 3l-3 3',
  slo: 'M4 18a8.5 8.5 0 1 1 16 0M12 16l4-6',
  metrics: 'M4 4v16h16M7 15l4-5l3 3l5-7',
  plugin: 'M9 3v5M15 3v5M6 8h12v4a6 6 0 0 1-12 0zM12 18v3',
  configuration: 'M6 3h9l4 4v14H6zM15 3v4h4M9 12h7M9 16h7',
  auto: 'M3 5h18v11H3zM9 20h6M12 16v4',
  light: 'M8 12a4 4 0 1 0 8 0a4 4 0 1 0-8 0M12 2v3M12 19v3M2 12h3M19 12h3M5 5l2 2M17 17l2 2M5 19l2-2M17 7l2-2',
  dark: 'M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z',
  clock: 'M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M12 7v5l3.5 2',
  earlier: 'M15 6l-6 6l6 6',
  later: 'M9 6l6 6l-6 6',
  close: 'M6 6l12 12M18 6L6 18',
  search: 'M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.5 15.5L21 21',
  plus: 'M12 5v14M5 12h14',
  minus: 'M5 12h14',
  fit: 'M4 9V4h5M15 4h5v5M20 15v5h-5M9 20H4v-5',
  table: 'M3 5h18v14H3zM3 10h18M3 15h18M10 5v14',
  play: 'M7 4l13 8l-13 8z',
  pause: 'M8 5v14M16 5v14',
  undo: 'M9 6L4 11l5 5M4 11h10a6 6 0 0 1 0 12',
  external: 'M14 4h6v6M20 4l-9 9M18 14v6H4V6h6',
  lock: 'M6 11h12v10H6zM8.5 11V7.5a3.5 3.5 0 0 1 7 0V11',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name, size = 18 }: { name: IconName; size?: number }) {
  return (
    <svg className="bn-icon" viewBox="0 0 24 24" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={PATHS[name]} fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinecap="round" strokeLinejoin="round" />
    </svg>
  );
}
