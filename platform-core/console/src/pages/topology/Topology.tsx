import { Alert, Button, SearchInput, Spinner } from '@patternfly/react-core';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useObserved } from '../../api/views';
import type { HealthStatus, Topology as Answer } from '../../api/types';
import { useAddress } from '../../app/moment';
import { HEALTH_ORDER, HealthGlyph } from '../../components/Health';
import { Icon } from '../../components/Icon';
import { PageHead } from '../../components/PageHead';
import { Select } from '../../components/Select';
import { Gaps, Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { Details } from './Details';
import { Graph, startsMoving, type GraphHandle } from './Graph';
import type { Layout } from './layout';
import { LayoutWorker } from './layout';
import { GROUPINGS, matches, shapeOf, visible, type Filter, type Grouping } from './model';
import { TimeSlider } from './TimeSlider';
import { TopologyTable } from './TopologyTable';

export default function Topology() {
  const query = useObserved<Answer>('topology');
  return (
    <>
      <PageHead title={texts.nav.topology} lead={texts.topology.lead} />
      <Shown query={query}>{(answer) => <Mesh answer={answer} />}</Shown>
    </>
  );
}

function Mesh({ answer }: { answer: Answer }) {
  const [search] = useSearchParams();
  const change = useAddress();
  const graph = useRef<GraphHandle>(null);
  const grouping = GROUPINGS.find((each) => each === search.get('group')) ?? 'namespace';
  const selected = search.get('selected');
  const text = search.get('find') ?? '';
  const filter: Filter = {
    text,
    focus: search.get('focus'),
    hops: Math.min(5, Math.max(1, Number(search.get('hops') ?? '1') || 1)),
    idle: search.get('idle') !== 'no',
    health: HEALTH_ORDER.find((each) => each === search.get('health')) ?? '',
  };
  const table = search.get('as') === 'table';
  const [moving, setMoving] = useState(() => startsMoving(answer.nodes.length));
  const { nodes, edges } = useMemo(() => visible(answer.nodes, answer.edges, filter), [answer, filter.focus, filter.hops, filter.idle, filter.health]);
  const found = useMemo(() => (text ? new Set(nodes.filter((node) => matches(node, text)).map(({ id }) => id)) : null), [nodes, text]);
  const { layout, shape, failed } = useLayout(nodes, edges, grouping, !table);
  const first = found ? nodes.find(({ id }) => found.has(id)) : undefined;
  useKeys({
    '+': () => graph.current?.zoom(1.25),
    '-': () => graph.current?.zoom(0.8),
    '0': () => graph.current?.fit(),
    f: () => selected && change({ focus: filter.focus === selected ? null : selected }),
    t: () => change({ as: table ? null : 'table' }),
    Escape: () => change({ selected: null, focus: null, find: null }),
    '/': () => document.querySelector<HTMLInputElement>('.bn-find input')?.focus(),
  });

  return (
    <>
      <Gaps complete={answer.complete} gaps={answer.gaps} />
      <div className="bn-toolbar" role="toolbar" aria-label={texts.topology.tools}>
        <SearchInput
          className="bn-find"
          placeholder={texts.topology.find}
          aria-label={texts.topology.find}
          value={text}
          resultsCount={found ? found.size : undefined}
          onChange={(_event, value) => change({ find: value }, { replace: true })}
          onClear={() => change({ find: null }, { replace: true })}
          onSearch={() => first && (graph.current?.centre(first.id), change({ selected: first.id }))}
        />
        <Select label={texts.topology.groupBy} value={grouping} onChange={(group) => change({ group })} options={GROUPINGS.map((value) => ({ value, text: texts.topology.groupings[value] }))} />
        <Select
          label={texts.topology.showHealth}
          value={filter.health}
          onChange={(health) => change({ health })}
          options={[{ value: '', text: texts.topology.anyHealth }, ...HEALTH_ORDER.map((value: HealthStatus) => ({ value, text: texts.health[value] }))]}
        />
        {filter.focus && (
          <Select label={texts.topology.hops} value={String(filter.hops)} onChange={(hops) => change({ hops })} options={[1, 2, 3, 4, 5].map((hops) => ({ value: String(hops), text: texts.topology.hopsOf(hops) }))} />
        )}
        <label className="bn-check">
          <input type="checkbox" checked={filter.idle} onChange={(event) => change({ idle: event.target.checked ? null : 'no' })} /> {texts.topology.idle}
        </label>
        <span className="bn-toolbar-end">
          {filter.focus && <Button variant="link" onClick={() => change({ focus: null, hops: null })}>{texts.topology.all}</Button>}
          {!table && <Button variant="plain" aria-label={moving ? texts.topology.still : texts.topology.move} title={moving ? texts.topology.still : texts.topology.move} icon={<Icon name={moving ? 'pause' : 'play'} />} onClick={() => setMoving(!moving)} />}
          <Button variant={table ? 'primary' : 'secondary'} aria-pressed={table} icon={<Icon name="table" />} onClick={() => change({ as: table ? null : 'table' })}>{texts.topology.table}</Button>
        </span>
      </div>
      {failed && <Alert isInline variant="warning" title={texts.topology.noLayout}>{failed}</Alert>}
      <div className={`bn-mesh${selected ? ' bn-mesh-with-details' : ''}`}>
        {table || failed ? (
          <TopologyTable nodes={found ? nodes.filter(({ id }) => found.has(id)) : nodes} edges={edges} onNode={(id) => change({ selected: id })} />
        ) : (
          <div className="bn-mesh-picture">
            {layout ? (
              <Graph ref={graph} nodes={shape.nodes} edges={shape.edges} layout={layout} grouping={grouping} selected={selected} found={found} moving={moving} onSelect={(id) => change({ selected: id })} onFocus={(id) => change({ focus: id, selected: id })} />
            ) : (
              <div className="bn-mesh-wait"><Spinner aria-label={texts.topology.layingOut} /><span>{texts.topology.layingOut}</span></div>
            )}
            <div className="bn-zoom">
              <Button variant="control" aria-label={texts.topology.zoomIn} icon={<Icon name="plus" />} onClick={() => graph.current?.zoom(1.25)} />
              <Button variant="control" aria-label={texts.topology.zoomOut} icon={<Icon name="minus" />} onClick={() => graph.current?.zoom(0.8)} />
              <Button variant="control" aria-label={texts.topology.fit} icon={<Icon name="fit" />} onClick={() => graph.current?.fit()} />
            </div>
            <ul className="bn-legend" aria-label={texts.topology.legend}>
              {HEALTH_ORDER.map((status) => (
                <li key={status}><HealthGlyph status={status} size={13} /> {texts.health[status]}</li>
              ))}
            </ul>
          </div>
        )}
        {selected && <Details selected={selected} nodes={answer.nodes} edges={answer.edges} focus={filter.focus} onSelect={(id) => change({ selected: id })} onFocus={(id) => change({ focus: id })} />}
      </div>
      <TimeSlider />
    </>
  );
}

interface Shape {
  nodes: Answer['nodes'];
  edges: Answer['edges'];
}

/** Lays out again only when somebody came or went; while it does, the picture before stands. */
function useLayout(nodes: Shape['nodes'], edges: Shape['edges'], grouping: Grouping, wanted: boolean): { layout: Layout | null; shape: Shape; failed: string | null } {
  const key = useMemo(() => shapeOf(nodes, edges, grouping), [nodes, edges, grouping]);
  const worker = useRef<LayoutWorker | null>(null);
  const [done, setDone] = useState<{ key: string; layout: Layout; shape: Shape } | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  useEffect(() => () => {
    worker.current?.close();
    worker.current = null;
  }, []);
  useEffect(() => {
    if (!wanted) {
      return;
    }
    let outdated = false;
    worker.current ??= new LayoutWorker();
    worker.current.layout(nodes, edges, grouping).then(
      (layout) => !outdated && (setDone({ key, layout, shape: { nodes, edges } }), setFailed(null)),
      (e: unknown) => !outdated && setFailed(String(e instanceof Error ? e.message : e)),
    );
    return () => {
      outdated = true;
    };
  }, [key, wanted]);
  return { layout: done?.layout ?? null, shape: done?.key === key ? { nodes, edges } : (done?.shape ?? { nodes, edges }), failed };
}

/** Single keys, unless a person writes into a field. */
function useKeys(keys: Record<string, () => unknown>) {
  const current = useRef(keys);
  current.current = keys;
  useEffect(() => {
    const pressed = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement;
      const writes = target.matches('input, select, textarea, [contenteditable=true]');
      const action = current.current[event.key];
      if (action && !event.ctrlKey && !event.metaKey && !event.altKey && (!writes || event.key === 'Escape')) {
        event.preventDefault();
        action();
      }
    };
    document.addEventListener('keydown', pressed);
    return () => document.removeEventListener('keydown', pressed);
  }, []);
}
