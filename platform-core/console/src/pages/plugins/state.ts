import type { HealthStatus } from '../../api/types';
import type { SettingSchema } from '../../api/plugins';

/** The states of an extension's life, as the shapes that the whole console uses. */
export function lookOf(status: string): HealthStatus {
  switch (status) {
    case 'OK':
      return 'ok';
    case 'Degraded':
      return 'degraded';
    case 'Failed':
      return 'failing';
    case 'Resolved':
    case 'Starting':
    case 'Stopping':
    case 'Stopped':
      return 'idle';
    default:
      return 'unknown';
  }
}

/** What is not used is of least interest. */
const URGENCY: HealthStatus[] = ['failing', 'degraded', 'unknown', 'ok', 'idle'];

export const urgency = (status: string): number => URGENCY.indexOf(lookOf(status));

/** What a form sends: what a person changed, as text; null takes a value back. Secrets that were left empty stay. */
export function changes(
  schema: Record<string, SettingSchema>,
  before: Record<string, string | null>,
  now: Record<string, string>,
): Record<string, string> {
  const changed: Record<string, string> = {};
  for (const [name, value] of Object.entries(now)) {
    const secret = schema[name]?.writeOnly ?? false;
    if (secret ? value !== '' : value !== (before[name] ?? '')) {
      changed[name] = value;
    }
  }
  return changed;
}
