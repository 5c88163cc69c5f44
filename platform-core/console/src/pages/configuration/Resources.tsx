import { SearchInput } from '@patternfly/react-core';
import { useSearchParams } from 'react-router';
import { useAddress } from '../../app/moment';
import { useView } from '../../api/views';
import { Select } from '../../components/Select';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';

const words = texts.configuration;

interface Resource {
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** The valid resources in force, with what was applied over the files. */
export function Resources() {
  const [search] = useSearchParams();
  const go = useAddress();
  const query = useView<{ items: Resource[] }>('mesh/resources', {}, ['mesh', 'changes']);
  const find = search.get('find') ?? '';
  const kind = search.get('type') ?? '';
  return (
    <Shown query={query}>
      {({ items }) => {
        const kinds = [...new Set(items.map((each) => each.kind))].sort();
        const shown = items
          .filter((each) => (kind === '' || each.kind === kind) && nameOf(each).toLowerCase().includes(find.toLowerCase()))
          .sort((a, b) => nameOf(a).localeCompare(nameOf(b)));
        return (
          <section className="bn-card" aria-label={words.resources}>
            <div className="bn-filters">
              <Select
                label={words.kind}
                value={kind}
                options={[{ value: '', text: words.everyKind }, ...kinds.map((each) => ({ value: each, text: each }))]}
                onChange={(value) => go({ type: value }, { replace: true })}
              />
              <SearchInput
                aria-label={words.find}
                placeholder={words.find}
                value={find}
                onChange={(_, value) => go({ find: value }, { replace: true })}
                onClear={() => go({ find: null }, { replace: true })}
              />
              <span className="bn-quiet" role="status">
                {words.someOf(shown.length, items.length)}
              </span>
            </div>
            {shown.map((each) => (
              <details key={nameOf(each)} className="bn-document">
                <summary>{nameOf(each)}</summary>
                <pre tabIndex={0}>{JSON.stringify(each, null, 2)}</pre>
              </details>
            ))}
          </section>
        );
      }}
    </Shown>
  );
}

const nameOf = ({ kind, metadata }: Resource) => `${kind} ${metadata.namespace ? `${metadata.namespace}/` : ''}${metadata.name}`;
