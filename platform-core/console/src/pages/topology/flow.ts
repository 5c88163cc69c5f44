import type { Core } from 'cytoscape';
import { along, type Track } from './curve';

/** One line on which dots run. */
export interface Stream {
  track: Track;
  /** Dots that set out in a second: a tenth of the requests, within what an eye can tell apart. */
  perSecond: number;
  colour: string;
  square: boolean;
}

const PIXELS_A_SECOND = 90;
const MOST_DOTS = 1_500;
const FRAME_MS = 33;

/** How many dots a second show a rate: more for more, by its logarithm, so that 1 and 1,000 can both be seen. */
export function dotsPerSecond(rate: number): number {
  return rate <= 0 ? 0 : Math.min(6, Math.max(0.15, 0.6 * Math.log2(1 + rate)));
}

/** Draws traffic as dots that run along the lines, on a canvas over the graph; the graph itself is not drawn again. */
export class Flow {
  private readonly canvas: HTMLCanvasElement;
  private readonly cy: Core;
  private streams: Stream[] = [];
  private frame = 0;
  private drawn = 0;
  private running = false;

  constructor(canvas: HTMLCanvasElement, cy: Core) {
    this.canvas = canvas;
    this.cy = cy;
    document.addEventListener('visibilitychange', this.visibility);
  }

  show(streams: Stream[], moving: boolean): void {
    const dots = streams.reduce((sum, { track, perSecond }) => sum + (track.length / PIXELS_A_SECOND) * perSecond, 0);
    const thin = dots > MOST_DOTS ? MOST_DOTS / dots : 1;
    this.streams = streams.map((stream) => ({ ...stream, perSecond: stream.perSecond * thin }));
    this.running = moving;
    this.visibility();
  }

  close(): void {
    cancelAnimationFrame(this.frame);
    document.removeEventListener('visibilitychange', this.visibility);
  }

  private readonly visibility = (): void => {
    cancelAnimationFrame(this.frame);
    this.clear();
    if (this.running && !document.hidden) {
      this.frame = requestAnimationFrame(this.draw);
    }
  };

  private clear(): void {
    this.canvas.getContext('2d')?.clearRect(0, 0, this.canvas.width, this.canvas.height);
  }

  private readonly draw = (now: number): void => {
    this.frame = requestAnimationFrame(this.draw);
    if (now - this.drawn < FRAME_MS) {
      return;
    }
    this.drawn = now;
    const context = this.canvas.getContext('2d');
    if (!context) {
      return;
    }
    const scale = window.devicePixelRatio || 1;
    const { clientWidth, clientHeight } = this.canvas;
    if (this.canvas.width !== Math.round(clientWidth * scale) || this.canvas.height !== Math.round(clientHeight * scale)) {
      this.canvas.width = Math.round(clientWidth * scale);
      this.canvas.height = Math.round(clientHeight * scale);
    }
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, this.canvas.width, this.canvas.height);
    const zoom = this.cy.zoom();
    const pan = this.cy.pan();
    context.setTransform(zoom * scale, 0, 0, zoom * scale, pan.x * scale, pan.y * scale);
    const extent = this.cy.extent();
    const radius = Math.max(2.4, Math.min(5, 2.6 / zoom));
    for (const stream of this.streams) {
      this.dots(context, stream, now / 1000, radius, extent);
    }
  };

  private dots(context: CanvasRenderingContext2D, stream: Stream, seconds: number, radius: number, extent: { x1: number; y1: number; x2: number; y2: number }): void {
    if (stream.perSecond <= 0 || stream.track.length === 0) {
      return;
    }
    const gap = PIXELS_A_SECOND / stream.perSecond;
    context.fillStyle = stream.colour;
    context.beginPath();
    // A phase of its own, from its length, keeps dots of neighbours from marching in step.
    for (let at = (seconds * PIXELS_A_SECOND + stream.track.length * 7) % gap; at < stream.track.length; at += gap) {
      const { x, y } = along(stream.track, at);
      if (x < extent.x1 || x > extent.x2 || y < extent.y1 || y > extent.y2) {
        continue;
      }
      if (stream.square) {
        context.rect(x - radius, y - radius, 2 * radius, 2 * radius);
      } else {
        context.moveTo(x + radius, y);
        context.arc(x, y, radius, 0, 2 * Math.PI);
      }
    }
    context.fill();
  }
}
