import type { Health, HealthStatus } from '../api/types';
import { texts } from '../texts/en';

/** A shape of its own for each state: told apart without colours, too. */
const SHAPES: Record<HealthStatus, { outline: string; mark: string }> = {
  failing: { outline: 'M5 1h6l4 4v6l-4 4H5l-4-4V5z', mark: 'M5.5 5.5l5 5M10.5 5.5l-5 5' },
  degraded: { outline: 'M8 1.2L15.4 14.5H.6z', mark: 'M8 6v4M8 12.2v.1' },
  unknown: { outline: 'M8 .7L15.3 8L8 15.3L.7 8z', mark: 'M6.3 6.6a1.8 1.8 0 1 1 2.6 1.6c-.6.3-.9.6-.9 1.2M8 11.4v.1' },
  idle: { outline: 'M2 2h12v12H2z', mark: 'M5 8h6' },
  ok: { outline: 'M8 1a7 7 0 1 1 0 14A7 7 0 0 1 8 1z', mark: 'M4.8 8.2l2.2 2.2l4.2-4.6' },
};

export const HEALTH_ORDER: HealthStatus[] = ['failing', 'degraded', 'unknown', 'idle', 'ok'];

export function HealthGlyph({ status, size = 16 }: { status: HealthStatus; size?: number }) {
  const shape = SHAPES[status] ?? SHAPES.unknown;
  return (
    <svg className={`bn-glyph bn-is-${status}`} viewBox="0 0 16 16" width={size} height={size} aria-hidden="true" focusable="false">
      <path d={shape.outline} className="bn-glyph-outline" />
      <path d={shape.mark} className="bn-glyph-mark" />
    </svg>
  );
}

/** The glyph as a picture for a canvas. */
export function glyphPicture(status: HealthStatus, colour: string, mark: string): string {
  const shape = SHAPES[status] ?? SHAPES.unknown;
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="32" height="32" viewBox="0 0 16 16"><path d="${shape.outline}" fill="${colour}"/>` +
    `<path d="${shape.mark}" fill="none" stroke="${mark}" stroke-width="1.7" stroke-linecap="round" stroke-linejoin="round"/></svg>`;
  return `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
}

export function HealthLabel({ health, withReason = false }: { health: Health; withReason?: boolean }) {
  return (
    <span className="bn-health" title={withReason ? undefined : health.reason}>
      <HealthGlyph status={health.status} />
      <span className={`bn-health-word bn-is-${health.status}`}>{texts.health[health.status] ?? health.status}</span>
      {withReason && <span className="bn-health-reason">{health.reason}</span>}
    </span>
  );
}
