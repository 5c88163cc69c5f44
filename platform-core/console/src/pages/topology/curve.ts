import type { Point } from './layout';

/** A path as points close to each other, with how far along each is. */
export interface Track {
  points: Point[];
  lengths: number[];
  length: number;
}

const STEPS = 10;

/** The control points of a soft line through the bends of a layout: without bends it leaves and arrives level. */
export function controls(path: Point[]): Point[] {
  const [start, end] = [path[0], path[path.length - 1]];
  if (!start || !end) {
    return [];
  }
  if (path.length > 2) {
    return path.slice(1, -1);
  }
  const half = (end.x - start.x) / 2;
  return Math.abs(end.y - start.y) < 2 ? [] : [{ x: start.x + half, y: start.y }, { x: end.x - half, y: end.y }];
}

/** Points relative to the line from start to end, as Cytoscape's bezier edges want them. */
export function relative(start: Point, end: Point, points: Point[]): { weights: number[]; distances: number[] } {
  const dx = end.x - start.x;
  const dy = end.y - start.y;
  const square = dx * dx + dy * dy || 1;
  const length = Math.sqrt(square);
  return {
    weights: points.map((point) => ((point.x - start.x) * dx + (point.y - start.y) * dy) / square),
    distances: points.map((point) => ((point.y - start.y) * dx - (point.x - start.x) * dy) / length),
  };
}

/** The line itself: quadratic pieces that meet half-way between control points. */
export function track(start: Point, end: Point, via: Point[]): Track {
  const points: Point[] = [start];
  let from = start;
  via.forEach((control, index) => {
    const after = via[index + 1];
    const to = after ? { x: (control.x + after.x) / 2, y: (control.y + after.y) / 2 } : end;
    for (let step = 1; step <= STEPS; step += 1) {
      const t = step / STEPS;
      const u = 1 - t;
      points.push({ x: u * u * from.x + 2 * u * t * control.x + t * t * to.x, y: u * u * from.y + 2 * u * t * control.y + t * t * to.y });
    }
    from = to;
  });
  if (via.length === 0) {
    points.push(end);
  }
  const lengths = [0];
  for (let index = 1; index < points.length; index += 1) {
    const [a, b] = [points[index - 1] as Point, points[index] as Point];
    lengths.push((lengths[index - 1] as number) + Math.hypot(b.x - a.x, b.y - a.y));
  }
  return { points, lengths, length: lengths[lengths.length - 1] as number };
}

/** The point so far along a track. */
export function along(line: Track, distance: number): Point {
  let high = line.lengths.length - 1;
  let low = 0;
  while (low < high - 1) {
    const middle = (low + high) >> 1;
    if ((line.lengths[middle] as number) <= distance) {
      low = middle;
    } else {
      high = middle;
    }
  }
  const [a, b] = [line.points[low] as Point, line.points[high] as Point];
  const [from, to] = [line.lengths[low] as number, line.lengths[high] as number];
  const share = to > from ? Math.min(1, Math.max(0, (distance - from) / (to - from))) : 0;
  return { x: a.x + (b.x - a.x) * share, y: a.y + (b.y - a.y) * share };
}
