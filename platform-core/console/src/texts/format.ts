import { texts } from './en';

const SIGNIFICANT = new Intl.NumberFormat(undefined, { maximumSignificantDigits: 3 });
const WHOLE = new Intl.NumberFormat();
const TIME = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const DAY_AND_TIME = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' });
const RELATIVE = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' });

type Maybe = number | null | undefined;

function known(value: Maybe, text: (value: number) => string): string {
  return value === null || value === undefined || !Number.isFinite(value) ? texts.notKnown : text(value);
}

export const count = (value: Maybe) => known(value, (v) => WHOLE.format(v));
export const number = (value: Maybe) => known(value, (v) => SIGNIFICANT.format(v));
export const perSecond = (value: Maybe) => known(value, (v) => `${SIGNIFICANT.format(v)}/s`);

/** A share of 0 to 1 as a percentage. What is not nothing is not shown as 0 %, nor what is not everything as 100 %. */
export const percent = (share: Maybe) =>
  known(share, (v) => {
    if (v > 0 && v < 0.0001) {
      return '< 0.01 %';
    }
    if (v < 1 && v > 0.9999) {
      return '> 99.99 %';
    }
    const digits = v > 0.99 || v < 0.01 ? 2 : v < 0.1 || v > 0.9 ? 1 : 0;
    return `${new Intl.NumberFormat(undefined, { maximumFractionDigits: digits }).format(v * 100)} %`;
  });

export const milliseconds = (value: Maybe) =>
  known(value, (v) => (v >= 10_000 ? `${SIGNIFICANT.format(v / 1000)} s` : `${SIGNIFICANT.format(v)} ms`));

export const bytesPerSecond = (value: Maybe) => known(value, (v) => `${scaled(v)}/s`);

function scaled(value: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  let unit = 0;
  let rest = value;
  while (rest >= 1000 && unit < units.length - 1) {
    rest /= 1000;
    unit += 1;
  }
  return `${SIGNIFICANT.format(rest)} ${units[unit]}`;
}

export const factor = (value: Maybe) => known(value, (v) => `${SIGNIFICANT.format(v)}×`);

/** A duration of so many seconds, in its two largest units. */
export const duration = (seconds: Maybe) =>
  known(seconds, (v) => {
    const parts: [number, string][] = [
      [Math.floor(v / 86_400), 'd'],
      [Math.floor(v / 3600) % 24, 'h'],
      [Math.floor(v / 60) % 60, 'min'],
      [Math.floor(v) % 60, 's'],
    ];
    const first = parts.findIndex(([amount]) => amount > 0);
    return first < 0
      ? `${SIGNIFICANT.format(v)} s`
      : parts.slice(first, first + 2).filter(([amount]) => amount > 0).map(([amount, unit]) => `${amount} ${unit}`).join(' ');
  });

export const time = (iso: string) => TIME.format(new Date(iso));
export const dayAndTime = (iso: string) => DAY_AND_TIME.format(new Date(iso));

/** How long ago, in words. */
export function ago(iso: string, now: number = Date.now()): string {
  const seconds = Math.round((Date.parse(iso) - now) / 1000);
  const size = Math.abs(seconds);
  if (size < 90) {
    return RELATIVE.format(seconds, 'second');
  }
  if (size < 5400) {
    return RELATIVE.format(Math.round(seconds / 60), 'minute');
  }
  return size < 129_600 ? RELATIVE.format(Math.round(seconds / 3600), 'hour') : RELATIVE.format(Math.round(seconds / 86_400), 'day');
}

/** The value of an input of type datetime-local, in the zone of who looks. */
export function localInput(iso: string): string {
  const date = new Date(iso);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
}
