import { Button, SearchInput } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { useAddress } from '../../app/moment';
import { useView } from '../../api/views';
import { Card } from '../../components/Card';
import { DataTable, type Column } from '../../components/DataTable';
import { HealthGlyph } from '../../components/Health';
import { Select } from '../../components/Select';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';

const words = texts.configuration;

interface Proxy {
  proxy: string;
  nodeId: string;
  connected: boolean;
  synced: boolean;
  types: Record<string, { version: string; acked: boolean; error?: string }>;
}

type Resources = Record<string, unknown>;

/** How far each Envoy is with what it should have; one of them in all its parts. */
export function Proxies() {
  const [search] = useSearchParams();
  const go = useAddress();
  const chosen = search.get('proxy');
  const query = useView<Proxy[]>('mesh/proxies', {}, ['mesh', 'changes', 'tick']);
  const columns: Column<Proxy>[] = [
    {
      name: words.proxy,
      cell: ({ proxy }) => (
        <button type="button" className="bn-link" onClick={() => go({ proxy, type: null, find: null })}>
          {proxy}
        </button>
      ),
      sort: ({ proxy }) => proxy,
    },
    { name: words.state, cell: (proxy) => <Sync proxy={proxy} />, sort: ({ synced, connected }) => (connected ? (synced ? 2 : 1) : 0) },
    {
      name: words.behind,
      cell: ({ types }) => {
        const behind = Object.entries(types).filter(([, type]) => !type.acked);
        return behind.length === 0
          ? '–'
          : behind.map(([name, { error }]) => (
              <div key={name}>
                {name}
                {error && <div className="bn-failed">{error}</div>}
              </div>
            ));
      },
    },
    { name: words.address, cell: ({ nodeId }) => <code>{nodeId.split('~')[1] ?? ''}</code> },
  ];
  return (
    <Shown query={query}>
      {(proxies) => (
        <>
          {chosen !== null && <Parts key={chosen} proxy={chosen} />}
          <DataTable label={words.proxies} columns={columns} rows={proxies} id={({ proxy }) => proxy} empty={words.noProxies} />
        </>
      )}
    </Shown>
  );
}

function Sync({ proxy: { connected, synced } }: { proxy: Proxy }) {
  const look = !connected ? 'failing' : synced ? 'ok' : 'degraded';
  return (
    <span className="bn-health">
      <HealthGlyph status={look} />
      <span className={`bn-health-word bn-is-${look}`}>{!connected ? words.away : synced ? words.synced : words.notSynced}</span>
    </span>
  );
}

function Parts({ proxy }: { proxy: string }) {
  const [search] = useSearchParams();
  const go = useAddress();
  const query = useView<Resources>(`mesh/proxies/${encodeURIComponent(proxy)}/resources`, {}, ['mesh', 'changes']);
  const find = search.get('find') ?? '';
  return (
    <Card
      title={words.envoyOf(proxy)}
      aside={
        <Button variant="link" isInline onClick={() => go({ proxy: null, type: null, find: null })}>
          {words.close}
        </Button>
      }
    >
      <Shown query={query}>
        {(resources) => {
          const types = Object.keys(resources);
          const type = types.find((each) => each === search.get('type')) ?? types[0] ?? '';
          const all = entries(resources[type]);
          const shown = all.filter(([name, text]) => `${name} ${text}`.toLowerCase().includes(find.toLowerCase()));
          return (
            <>
              <div className="bn-filters">
                <Select
                  label={words.type}
                  value={type}
                  options={types.map((each) => ({ value: each, text: `${each} (${entries(resources[each]).length})` }))}
                  onChange={(value) => go({ type: value, find: null }, { replace: true })}
                />
                <SearchInput
                  aria-label={words.find}
                  placeholder={words.find}
                  value={find}
                  onChange={(_, value) => go({ find: value }, { replace: true })}
                  onClear={() => go({ find: null }, { replace: true })}
                />
                <span className="bn-quiet" role="status">
                  {words.someOf(shown.length, all.length)}
                </span>
              </div>
              {shown.map(([name, text]) => (
                <details key={name} className="bn-document">
                  <summary>{name}</summary>
                  <pre tabIndex={0}>{text}</pre>
                </details>
              ))}
            </>
          );
        }}
      </Shown>
    </Card>
  );
}

/** The parts of one type by name, each as text. */
export function entries(value: unknown): [string, string][] {
  if (Array.isArray(value)) {
    return value.map((each: unknown, index) => [nameOf(each, index), JSON.stringify(each, null, 2)]);
  }
  return typeof value === 'object' && value !== null
    ? Object.entries(value).map(([name, each]) => [name, JSON.stringify(each, null, 2)])
    : [];
}

function nameOf(resource: unknown, index: number): string {
  const named = resource as { name?: unknown; cluster_name?: unknown } | null;
  const name = named?.name ?? named?.cluster_name;
  return typeof name === 'string' && name !== '' ? name : `#${index + 1}`;
}
