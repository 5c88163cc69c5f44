import { Alert, Button } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { Link, useParams, useSearchParams } from 'react-router';
import { kept } from '../../app/moment';
import { ApiError, post, send } from '../../api/client';
import type { Extension } from '../../api/plugins';
import { useSession, useView } from '../../api/views';
import { DataTable, type Column } from '../../components/DataTable';
import { HealthGlyph } from '../../components/Health';
import { MayNot } from '../../components/MayNot';
import { PageHead } from '../../components/PageHead';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { ExtensionPage } from './ExtensionPage';
import { lookOf, urgency } from './state';

const words = texts.plugins;

export default function Plugins() {
  const { extension } = useParams();
  const query = useView<Extension[]>('plugins', {}, ['plugins', 'changes']);
  return (
    <Shown query={query}>
      {(extensions) => {
        const shown = extensions.find(({ id }) => id === extension);
        return extension === undefined || !shown ? (
          <PluginList extensions={extensions} missing={extension} />
        ) : (
          <ExtensionPage key={shown.id} extension={shown} again={() => void query.refetch()} />
        );
      }}
    </Shown>
  );
}

export function State({ status }: { status: string }) {
  const look = lookOf(status);
  return (
    <span className="bn-health">
      <HealthGlyph status={look} />
      <span className={`bn-health-word bn-is-${look}`}>{words.states[status] ?? status}</span>
    </span>
  );
}

function PluginList({ extensions, missing }: { extensions: Extension[]; missing: string | undefined }) {
  const [search] = useSearchParams();
  const columns: Column<Extension>[] = [
    {
      name: words.extension,
      cell: (row) => (
        <>
          <Link to={`/plugins/${encodeURIComponent(row.id)}${kept(search)}`}>{row.id}</Link>
          {row.summary && <div className="bn-quiet">{row.summary}</div>}
        </>
      ),
      sort: (row) => row.id,
    },
    { name: words.state, cell: (row) => <State status={row.status} />, sort: (row) => urgency(row.status) },
    { name: words.reason, cell: (row) => row.reason || '–' },
    { name: words.kind, cell: (row) => words.kinds[row.kind] ?? row.kind, sort: (row) => row.kind },
    { name: words.plugin, cell: (row) => `${row.plugin} ${row.version}`, sort: (row) => row.plugin },
    { name: words.stability, cell: (row) => row.stability, sort: (row) => row.stability },
  ];
  const rows = [...extensions].sort((a, b) => urgency(a.status) - urgency(b.status) || a.id.localeCompare(b.id));
  return (
    <>
      <PageHead title={texts.nav.plugins} lead={words.lead}>
        <Installation />
      </PageHead>
      {missing !== undefined && <Alert isInline component="p" variant="warning" title={words.nobody(missing)} />}
      <DataTable label={texts.nav.plugins} columns={columns} rows={rows} id={(row) => row.id} empty={words.none} />
    </>
  );
}

interface Said {
  good: boolean;
  title: string;
  reasons: string[];
}

/** A zip goes to the app, which says everything that is against it before anything of it is loaded. */
function Installation() {
  const { mayChange, csrf, how } = useSession();
  const client = useQueryClient();
  const file = useRef<HTMLInputElement>(null);
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<Said | null>(null);

  const doing = async (work: () => Promise<string>) => {
    setBusy(true);
    setSaid(null);
    try {
      setSaid({ good: true, title: await work(), reasons: [] });
    } catch (e) {
      setSaid({ good: false, title: (e as Error).message, reasons: reasonsOf(e) });
    } finally {
      setBusy(false);
      await client.invalidateQueries({ queryKey: ['plugins'] });
    }
  };
  const install = (zip: File) =>
    doing(async () => {
      const installed = await send<{ plugin: string; version: string }>('PUT', 'plugins', csrf, zip);
      return words.installed(installed.plugin, installed.version);
    });
  const reload = () =>
    doing(async () => {
      const now = await post<Extension[]>('plugins/reload', {}, csrf);
      return words.reloaded(now.length);
    });

  return (
    <>
      <input
        ref={file}
        type="file"
        accept=".zip,application/zip"
        className="bn-file"
        aria-label={words.install}
        onChange={(event) => {
          const [zip] = event.target.files ?? [];
          if (zip) {
            void install(zip);
          }
          event.target.value = '';
        }}
      />
      <Button variant="primary" isDisabled={!mayChange || busy} isLoading={busy} onClick={() => file.current?.click()}>
        {words.install}
      </Button>
      <Button variant="secondary" isDisabled={!mayChange || busy} onClick={() => void reload()}>
        {words.reloadAll}
      </Button>
      {!mayChange && <MayNot how={how} />}
      {said && (
        <Alert isInline component="p" variant={said.good ? 'success' : 'danger'} title={said.title} className="bn-said">
          {said.reasons.length > 0 && (
            <ul>
              {said.reasons.map((reason) => (
                <li key={reason}>{reason}</li>
              ))}
            </ul>
          )}
        </Alert>
      )}
    </>
  );
}

function reasonsOf(e: unknown): string[] {
  const reasons = e instanceof ApiError ? e.problem?.reasons : undefined;
  return Array.isArray(reasons)
    ? reasons.map((each: { message?: string; fix?: string }) => [each.message, each.fix].filter(Boolean).join('. ')).filter((each) => each !== '')
    : [];
}
