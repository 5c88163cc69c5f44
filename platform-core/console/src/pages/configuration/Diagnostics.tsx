import { useView } from '../../api/views';
import { DataTable, type Column } from '../../components/DataTable';
import { HealthGlyph } from '../../components/Health';
import { Shown } from '../../components/States';
import type { HealthStatus } from '../../api/types';
import { texts } from '../../texts/en';

const words = texts.configuration;

interface Found {
  code: string;
  severity: 'error' | 'warning' | 'info';
  message: string;
  fix: string;
  file: string;
  line: number;
  resource: { kind: string; namespace: string; name: string } | null;
  path: string;
}

const LOOKS: Record<string, HealthStatus> = { error: 'failing', warning: 'degraded', info: 'idle' };
const ORDER = ['error', 'warning', 'info'];

/** Everything that is wrong, or worth a warning, in the manifests in force and in changed ones that were not taken over. */
export function Diagnostics() {
  const query = useView<{ diagnostics: Found[] }>('mesh/diagnostics', {}, ['mesh', 'changes']);
  const columns: Column<Found>[] = [
    {
      name: words.severity,
      cell: ({ severity }) => (
        <span className="bn-health">
          <HealthGlyph status={LOOKS[severity.toLowerCase()] ?? 'unknown'} />
          {words.severities[severity.toLowerCase()] ?? severity}
        </span>
      ),
      sort: ({ severity }) => ORDER.indexOf(severity.toLowerCase()),
    },
    { name: words.code, cell: ({ code }) => <code>{code}</code>, sort: ({ code }) => code },
    {
      name: words.problem,
      cell: ({ message, fix }) => (
        <>
          {message}
          {fix && <div className="bn-quiet">{fix}</div>}
        </>
      ),
    },
    {
      name: words.resource,
      cell: ({ resource, path }) => (
        <>
          {resource ? `${resource.kind} ${resource.namespace}/${resource.name}` : '–'}
          {path && <div className="bn-quiet">{path}</div>}
        </>
      ),
      sort: ({ resource }) => (resource ? `${resource.kind} ${resource.namespace}/${resource.name}` : null),
    },
    { name: words.place, cell: ({ file, line }) => <code>{`${file}:${line}`}</code>, sort: ({ file, line }) => `${file}:${String(line).padStart(6, '0')}` },
  ];
  return (
    <Shown query={query}>
      {({ diagnostics }) => (
        <DataTable
          label={words.diagnostics}
          columns={columns}
          rows={diagnostics}
          id={(each) => [each.code, each.file, each.line, each.path, each.message].join(' ')}
          empty={words.clean}
        />
      )}
    </Shown>
  );
}
