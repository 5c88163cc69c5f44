import type { RouteDestination, RouteRule } from '../../api/types';

/**
 * Moves one of some weights, and the others with it in proportion, so that they always add up to 100. Whole numbers; what
 * rounding leaves goes to the largest of the others, so that the same move has the same result.
 */
export function moveWeight(weights: number[], index: number, wanted: number): number[] {
  if (weights.length < 2) {
    return [100];
  }
  const value = Math.round(Math.min(100, Math.max(0, wanted)));
  const rest = 100 - value;
  const others = weights.reduce((sum, weight, at) => (at === index ? sum : sum + weight), 0);
  const moved = weights.map((weight, at) => (at === index ? value : Math.floor(others > 0 ? (weight / others) * rest : rest / (weights.length - 1))));
  const missing = 100 - moved.reduce((sum, weight) => sum + weight, 0);
  const largest = weights.reduce((best, weight, at) => (at !== index && (best < 0 || weight > (weights[best] as number)) ? at : best), -1);
  moved[largest] = (moved[largest] as number) + missing;
  return moved;
}

/** Weights as they are written need not add up to 100 (0 and 0, or a single one of 1): as shares they do. */
export function asShares(destinations: Pick<RouteDestination, 'weight'>[]): number[] {
  const sum = destinations.reduce((total, { weight }) => total + weight, 0);
  if (destinations.length === 0) {
    return [];
  }
  const shares = destinations.map(({ weight }) => Math.floor(sum > 0 ? (weight / sum) * 100 : 100 / destinations.length));
  shares[0] = (shares[0] as number) + 100 - shares.reduce((total, share) => total + share, 0);
  return shares;
}

export interface HeaderRule {
  name: string;
  value: string;
  match: 'exact' | 'prefix';
  subset: string;
}

export interface FaultPlan {
  delayMilliseconds: number;
  delayPercent: number;
  abortStatus: number;
  abortPercent: number;
  header: { name: string; value: string } | null;
}

export interface Plan {
  weights: { subset: string | null; weight: number }[] | null;
  headers: HeaderRule[] | null;
  fault: FaultPlan | null;
}

export const NO_PLAN: Plan = { weights: null, headers: null, fault: null };

/** The rule that requests without any condition meet: weights and faults are about it. */
export function ruleForAll(rules: RouteRule[]): RouteRule | undefined {
  return [...rules].reverse().find((rule) => rule.action === 'forward' && rule.protocol === 'http');
}

/** What makes no sense in a plan, before the app is asked; empty when it does. */
export function objections(plan: Plan, words: { header: string; status: string; percent: string; delay: string }): string[] {
  const found = new Set<string>();
  (plan.headers ?? []).forEach((rule) => {
    if (!/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/.test(rule.name) || rule.value === '') {
      found.add(words.header);
    }
  });
  if (plan.fault) {
    const { abortStatus, abortPercent, delayPercent, delayMilliseconds, header } = plan.fault;
    if (abortPercent > 0 && !(Number.isInteger(abortStatus) && abortStatus >= 200 && abortStatus <= 599)) {
      found.add(words.status);
    }
    if ([abortPercent, delayPercent].some((share) => !(share >= 0 && share <= 100))) {
      found.add(words.percent);
    }
    if (delayPercent > 0 && !(delayMilliseconds > 0 && delayMilliseconds <= 3_600_000)) {
      found.add(words.delay);
    }
    if (header && (header.name === '' || header.value === '')) {
      found.add(words.header);
    }
  }
  return [...found];
}
