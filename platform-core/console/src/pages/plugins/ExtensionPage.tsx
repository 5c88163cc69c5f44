import { Button } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import { kept } from '../../app/moment';
import { post, send } from '../../api/client';
import type { Extension, LogLine } from '../../api/plugins';
import { useSession, useView } from '../../api/views';
import { Card } from '../../components/Card';
import { MayNot } from '../../components/MayNot';
import { PageHead } from '../../components/PageHead';
import { Shown } from '../../components/States';
import { dayAndTime, time } from '../../texts/format';
import { texts } from '../../texts/en';
import { State } from './Plugins';
import { SettingsForm } from './SettingsForm';

const words = texts.plugins;

export function ExtensionPage({ extension, again }: { extension: Extension; again: () => void }) {
  const [search] = useSearchParams();
  const { hosts = [], files = [] } = extension.capabilities;
  return (
    <>
      <PageHead title={extension.id} lead={extension.summary}>
        <Actions extension={extension} again={again} />
      </PageHead>
      <p>
        <Link to={`/plugins${kept(search)}`}>{words.all}</Link>
      </p>
      <section className="bn-card" aria-label={words.state}>
        <dl className="bn-fact-grid">
          <Fact name={words.state}>
            <State status={extension.status} />
          </Fact>
          {extension.reason && <Fact name={words.reason}>{extension.reason}</Fact>}
          <Fact name={words.plugin}>{`${extension.plugin} ${extension.version}`}</Fact>
          <Fact name={words.kind}>{words.kinds[extension.kind] ?? extension.kind}</Fact>
          <Fact name={words.stability}>{extension.stability}</Fact>
          <Fact name={words.hosts}>{hosts.length > 0 ? hosts.join(', ') : words.nothing}</Fact>
          <Fact name={words.files}>{files.length > 0 ? files.join(', ') : words.nothing}</Fact>
        </dl>
      </section>
      <SettingsForm extension={extension} again={again} />
      <Log id={extension.id} />
    </>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Actions({ extension, again }: { extension: Extension; again: () => void }) {
  const { mayChange, csrf, how } = useSession();
  const client = useQueryClient();
  const [sure, setSure] = useState(false);
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState('');

  const doing = async (work: () => Promise<unknown>) => {
    setBusy(true);
    setFailed('');
    try {
      await work();
      await client.invalidateQueries({ queryKey: [`plugins/${extension.id}/log`] });
      again();
    } catch (e) {
      setFailed((e as Error).message);
    } finally {
      setBusy(false);
      setSure(false);
    }
  };
  const name = encodeURIComponent(extension.plugin);
  return (
    <>
      <Button variant="secondary" isDisabled={!mayChange || busy} onClick={() => void doing(() => post(`plugins/${name}/reload`, {}, csrf))}>
        {words.reload(extension.plugin)}
      </Button>
      {sure ? (
        <>
          <Button variant="danger" isDisabled={busy} onClick={() => void doing(() => send('DELETE', `plugins/${name}`, csrf))}>
            {words.reallyRemove(extension.plugin)}
          </Button>
          <Button variant="link" onClick={() => setSure(false)}>
            {words.keep}
          </Button>
        </>
      ) : (
        <Button variant="secondary" isDanger isDisabled={!mayChange || busy} onClick={() => setSure(true)}>
          {words.remove(extension.plugin)}
        </Button>
      )}
      {!mayChange && <MayNot how={how} />}
      {failed && (
        <p role="alert" className="bn-failed">
          {failed}
        </p>
      )}
    </>
  );
}

function Log({ id }: { id: string }) {
  const query = useView<LogLine[]>(`plugins/${encodeURIComponent(id)}/log`, {}, ['tick']);
  return (
    <Card title={words.log}>
      <Shown query={query}>
        {(lines) =>
          lines.length === 0 ? (
            <p className="bn-none">{words.silent}</p>
          ) : (
            <ol className="bn-log" tabIndex={0} aria-label={words.log}>
              {[...lines].reverse().map((line, index) => (
                <li key={`${line.at} ${lines.length - index}`} className={`bn-log-${line.level.toLowerCase()}`}>
                  <time dateTime={line.at} title={dayAndTime(line.at)}>
                    {time(line.at)}
                  </time>
                  <span className="bn-log-level">{line.level}</span>
                  <span>{line.text}</span>
                </li>
              ))}
            </ol>
          )
        }
      </Shown>
    </Card>
  );
}
