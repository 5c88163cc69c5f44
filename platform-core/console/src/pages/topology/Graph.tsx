import cytoscape, { type Core, type ElementDefinition, type StylesheetJson } from 'cytoscape';
import { useEffect, useImperativeHandle, useMemo, useRef, type Ref } from 'react';
import type { Edge, HealthStatus, TopologyNode } from '../../api/types';
import { useDark } from '../../app/theme';
import { glyphPicture, HEALTH_ORDER } from '../../components/Health';
import { texts } from '../../texts/en';
import { percent, perSecond } from '../../texts/format';
import { controls, relative, track } from './curve';
import { dotsPerSecond, Flow, type Stream } from './flow';
import { NODE_HEIGHT, NODE_WIDTH, type Layout } from './layout';
import { edgeId, groupOf, nameOf, rateOf, troubleOf, type Grouping } from './model';

export interface GraphHandle {
  zoom(factor: number): void;
  fit(): void;
  centre(id: string): void;
}

interface Props {
  nodes: TopologyNode[];
  edges: Edge[];
  layout: Layout;
  grouping: Grouping;
  selected: string | null;
  found: ReadonlySet<string> | null;
  moving: boolean;
  onSelect: (id: string | null) => void;
  onFocus: (id: string) => void;
  ref?: Ref<GraphHandle>;
}

const NAME_LIMIT = 20;
const MANY = 150;

/** The picture. It is for the eyes: the table says the same to everybody else. */
export function Graph({ nodes, edges, layout, grouping, selected, found, moving, onSelect, onFocus, ref }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const graph = useRef<{ cy: Core; flow: Flow } | null>(null);
  const placed = useRef<Layout | null>(null);
  const calls = useRef({ onSelect, onFocus });
  calls.current = { onSelect, onFocus };
  const dark = useDark();
  const colours = useMemo(() => readColours(dark), [dark]);

  useEffect(() => {
    if (!frame.current || !canvas.current) {
      return;
    }
    const cy = cytoscape({
      container: frame.current,
      minZoom: 0.05,
      maxZoom: 2.5,
      autoungrabify: true,
      boxSelectionEnabled: false,
      selectionType: 'single',
      textureOnViewport: true,
      pixelRatio: 'auto',
    });
    cy.on('tap', (event) => calls.current.onSelect(event.target === cy || event.target.data('group') ? null : event.target.id()));
    cy.on('dbltap', 'node[!group]', (event) => calls.current.onFocus(event.target.id()));
    cy.on('mouseover', 'node[!group], edge', () => frame.current?.classList.add('bn-over'));
    cy.on('mouseout', () => frame.current?.classList.remove('bn-over'));
    const flow = new Flow(canvas.current, cy);
    graph.current = { cy, flow };
    const resized = new ResizeObserver(() => cy.resize());
    resized.observe(frame.current);
    // For tests that look at what the canvas draws.
    Object.assign(frame.current, { graph: cy });
    return () => {
      resized.disconnect();
      flow.close();
      cy.destroy();
      graph.current = null;
      placed.current = null;
    };
  }, []);

  useEffect(() => {
    const now = graph.current;
    if (!now) {
      return;
    }
    const { cy, flow } = now;
    const isNew = placed.current !== layout;
    cy.style(stylesheet(colours));
    cy.batch(() => {
      const elements = [...groupsOf(nodes, grouping), ...nodes.map((node) => nodeElement(node, layout, grouping, colours)), ...edges.map((edge) => edgeElement(edge, layout))];
      if (isNew) {
        cy.elements().remove();
        cy.add(elements);
      } else {
        elements.forEach((element) => cy.getElementById(element.data.id ?? '').data(element.data));
      }
    });
    if (isNew) {
      cy.fit(undefined, 30);
      if (cy.zoom() > 1.15) {
        cy.zoom(1.15);
        cy.center();
      }
      placed.current = layout;
    }
    flow.show(streams(edges, layout, colours), moving);
  }, [nodes, edges, layout, grouping, colours, moving]);

  useEffect(() => {
    const cy = graph.current?.cy;
    cy?.batch(() => {
      cy.elements().removeClass('chosen near far found');
      const chosen = selected ? cy.getElementById(selected) : cy.collection();
      if (chosen.nonempty()) {
        chosen.addClass('chosen');
        const near = chosen.nodes().closedNeighborhood().union(chosen.edges().connectedNodes()).union(chosen);
        cy.elements('[!group]').not(near).addClass('far');
      }
      if (found) {
        cy.nodes('[!group]').forEach((node) => {
          node.addClass(found.has(node.id()) ? 'found' : 'far');
        });
      }
    });
  }, [selected, found, nodes, edges, layout]);

  useImperativeHandle(ref, () => ({
    zoom: (by) => {
      const cy = graph.current?.cy;
      cy?.zoom({ level: cy.zoom() * by, renderedPosition: { x: cy.width() / 2, y: cy.height() / 2 } });
    },
    fit: () => graph.current?.cy.fit(undefined, 30),
    centre: (id) => {
      const cy = graph.current?.cy;
      const element = cy?.getElementById(id);
      if (cy && element?.nonempty()) {
        cy.zoom(Math.max(cy.zoom(), 0.8));
        cy.center(element);
      }
    },
  }));

  return (
    <div className="bn-graph">
      <div className="bn-graph-frame" ref={frame} role="img" aria-label={texts.topology.picture(nodes.length, edges.length)} />
      <canvas className="bn-graph-flow" ref={canvas} aria-hidden="true" />
    </div>
  );
}

type Colours = Record<HealthStatus | 'card' | 'line' | 'text' | 'quiet' | 'accent' | 'canvas' | 'mark', string>;

function readColours(dark: boolean): Colours {
  const style = getComputedStyle(document.documentElement);
  const of = (name: string, otherwise: string) => style.getPropertyValue(`--bn-${name}`).trim() || otherwise;
  return {
    failing: of('failing', '#b1380b'),
    degraded: of('degraded', '#8a5a00'),
    unknown: of('unknown', '#5e40be'),
    idle: of('idle', '#5b6670'),
    ok: of('ok', '#17703f'),
    card: of('card', dark ? '#1a222b' : '#fff'),
    line: of('line', '#d9dfe7'),
    text: of('text', dark ? '#fff' : '#151515'),
    quiet: of('quiet', '#4a5560'),
    accent: of('accent', '#0b63c5'),
    canvas: of('canvas', '#f6f8fb'),
    mark: of('on-glyph', '#fff'),
  };
}

function groupsOf(nodes: TopologyNode[], grouping: Grouping): ElementDefinition[] {
  const groups = new Map(nodes.flatMap((node) => groupOf(node, grouping) ?? []).map((group) => [group.id, group]));
  return [...groups.values()].map(({ id, name }) => ({ data: { id, label: name, group: true }, selectable: false }));
}

function nodeElement(node: TopologyNode, layout: Layout, grouping: Grouping, colours: Colours): ElementDefinition {
  const { status } = node.health;
  const name = nameOf(node);
  return {
    data: {
      id: node.id,
      parent: groupOf(node, grouping)?.id,
      label: `${name.length > NAME_LIMIT ? `${name.slice(0, NAME_LIMIT - 1)}…` : name}\n${summary(node)}`,
      colour: colours[status] ?? colours.unknown,
      picture: glyphPicture(status, colours[status] ?? colours.unknown, colours.mark),
      quiet: status === 'idle' ? 1 : 0,
      outside: ['external', 'passthrough', 'unknown', 'black-hole', 'unrouted'].includes(node.kind) ? 1 : 0,
    },
    position: { ...(layout.positions.get(node.id) ?? { x: 0, y: 0 }) },
  };
}

/** The second line of a node: its state in a word, and what it does. */
function summary(node: TopologyNode): string {
  const { requestsPerSecond, errorRate, sentPerSecond } = node.signals;
  const word = texts.health[node.health.status] ?? node.health.status;
  if (errorRate !== null && errorRate >= 0.001 && node.health.status !== 'ok') {
    return `${word} · ${texts.topology.failed(percent(errorRate))}`;
  }
  const rate = requestsPerSecond ?? sentPerSecond;
  return rate !== null && rate > 0 ? `${word} · ${perSecond(rate)}` : word;
}

function edgeElement(edge: Edge, layout: Layout): ElementDefinition {
  const path = layout.paths.get(edgeId(edge)) ?? [];
  const [start, end] = [path[0], path[path.length - 1]];
  const trouble = troubleOf(edge);
  const bend = start && end ? relative(start, end, controls(path)) : { weights: [], distances: [] };
  const source = layout.positions.get(edge.source);
  const target = layout.positions.get(edge.target);
  const from = (point: { x: number; y: number } | undefined, centre: { x: number; y: number } | undefined) =>
    point && centre ? `${point.x - centre.x}px ${point.y - centre.y}px` : 'outside-to-node';
  return {
    data: {
      id: edgeId(edge),
      source: edge.source,
      target: edge.target,
      trouble,
      width: Math.min(7, 1.4 + Math.log2(1 + rateOf(edge)) * 0.55),
      weights: bend.weights,
      distances: bend.distances,
      from: from(start, source),
      to: from(end, target),
      bent: bend.weights.length > 0 ? 1 : 0,
      label: trouble === 'failing' || trouble === 'degraded' ? `${percent(edge.errorRate)}` : '',
    },
  };
}

function streams(edges: Edge[], layout: Layout, colours: Colours): Stream[] {
  return edges.flatMap((edge) => {
    const path = layout.paths.get(edgeId(edge)) ?? [];
    const [start, end] = [path[0], path[path.length - 1]];
    const perSecond = dotsPerSecond(rateOf(edge));
    if (!start || !end || perSecond === 0) {
      return [];
    }
    const trouble = troubleOf(edge);
    return [{ track: track(start, end, controls(path)), perSecond, colour: trouble === 'ok' ? colours.accent : colours[trouble], square: trouble === 'failing' }];
  });
}

function stylesheet(colours: Colours): StylesheetJson {
  const bend = { 'curve-style': 'unbundled-bezier', 'control-point-weights': 'data(weights)', 'control-point-distances': 'data(distances)' };
  return [
    {
      selector: 'node',
      style: {
        shape: 'round-rectangle',
        width: NODE_WIDTH,
        height: NODE_HEIGHT,
        'corner-radius': '10px',
        'background-color': colours.card,
        'border-color': colours.line,
        'border-width': 1.5,
        label: 'data(label)',
        color: colours.text,
        'font-family': 'system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif',
        'font-size': 12.5,
        'line-height': 1.35,
        'text-wrap': 'wrap',
        'text-max-width': '140px',
        'text-valign': 'center',
        // Beside the node and moved back into it: the only way to lines that all begin at the left.
        'text-halign': 'right',
        'text-margin-x': 38 - NODE_WIDTH,
        'text-justification': 'left',
        'background-image': 'data(picture)',
        'background-width': '18px',
        'background-height': '18px',
        'background-position-x': '11px',
        'background-position-y': '50%',
        'min-zoomed-font-size': 5,
        'overlay-opacity': 0,
      },
    },
    { selector: 'node[group]', style: { 'background-color': colours.card, 'background-opacity': 0.35, 'background-image': 'none', 'border-color': colours.line, 'border-width': 1, 'border-style': 'dashed', label: 'data(label)', color: colours.quiet, 'font-size': 14, 'font-weight': 600, 'text-valign': 'top', 'text-halign': 'center', 'text-margin-x': 0, 'text-margin-y': 22, padding: '18px', events: 'no' } },
    { selector: 'node[outside = 1]', style: { 'border-style': 'dashed', 'background-opacity': 0.7 } },
    ...HEALTH_ORDER.slice(0, 2).map((status) => ({ selector: `node[colour = "${colours[status]}"]`, style: { 'border-color': colours[status], 'border-width': 2.5 } })),
    { selector: 'node[quiet = 1]', style: { 'text-opacity': 0.8 } },
    {
      selector: 'edge',
      style: {
        width: 'data(width)',
        'line-color': colours.quiet,
        'line-opacity': 0.45,
        'target-arrow-shape': 'triangle',
        'target-arrow-color': colours.quiet,
        'arrow-scale': 0.9,
        'curve-style': 'bezier',
        'source-endpoint': 'data(from)',
        'target-endpoint': 'data(to)',
        'overlay-opacity': 0,
        label: 'data(label)',
        'font-size': 11,
        color: colours.text,
        'text-background-color': colours.card,
        'text-background-opacity': 0.95,
        'text-background-padding': '3px',
        'text-background-shape': 'roundrectangle',
        'min-zoomed-font-size': 6,
      },
    },
    { selector: 'edge[bent = 1]', style: bend },
    { selector: 'edge[trouble = "failing"]', style: { 'line-color': colours.failing, 'target-arrow-color': colours.failing, 'line-opacity': 0.9 } },
    { selector: 'edge[trouble = "degraded"]', style: { 'line-color': colours.degraded, 'target-arrow-color': colours.degraded, 'line-opacity': 0.9, 'line-style': 'dashed', 'line-dash-pattern': [12, 4] } },
    { selector: 'edge[trouble = "unknown"]', style: { 'line-color': colours.unknown, 'target-arrow-color': colours.unknown, 'line-style': 'dotted' } },
    { selector: '.far', style: { opacity: 0.25 } },
    { selector: 'node.chosen, node.found', style: { 'border-color': colours.accent, 'border-width': 3.5 } },
    { selector: 'edge.chosen', style: { 'line-color': colours.accent, 'target-arrow-color': colours.accent, 'line-opacity': 1 } },
  ] as unknown as StylesheetJson;
}

/** Dots on thousands of lines are noise: a large mesh begins without them. */
export function startsMoving(nodes: number): boolean {
  return nodes <= MANY && !window.matchMedia('(prefers-reduced-motion: reduce)').matches;
}
