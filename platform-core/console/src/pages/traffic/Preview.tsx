import { Alert, Button, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { ApiError, post } from '../../api/client';
import { useObserved } from '../../api/views';
import type { Routing, RoutingDraft, ServiceDetail } from '../../api/types';
import { texts } from '../../texts/en';

interface Props {
  routing: Routing;
  files: RoutingDraft['files'];
  csrf: string | null;
}

/** Where one request would go, now and with the draft: what `binnacle why` says. */
export function Preview({ routing, files, csrf }: Props) {
  const service = useObserved<ServiceDetail>(`services/${encodeURIComponent(routing.namespace)}/${encodeURIComponent(routing.name)}`);
  const known = service.data?.callers.map(({ source }) => /^[a-z]+\/([^/]+)\/([^/]+)$/.exec(source)).find(Boolean);
  const caller = known ? `${known[2]}.${known[1]}` : '';
  const [from, setFrom] = useState<string | null>(null);
  const [path, setPath] = useState('/');
  const [header, setHeader] = useState('');
  const [answers, setAnswers] = useState<{ now: unknown; then: unknown } | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const ask = async () => {
    const [name, ...value] = header.split(':');
    const question = { from: from ?? caller, to: `${routing.name}.${routing.namespace}`, port: null, path, method: 'GET', headers: name && value.length > 0 ? { [name.trim()]: value.join(':').trim() } : {} };
    setProblem(null);
    try {
      const [now, then] = await Promise.all([post<unknown>('why', { ...question, files: null }, csrf), post<unknown>('why', { ...question, files }, csrf)]);
      setAnswers({ now, then });
    } catch (e) {
      setAnswers(null);
      setProblem(e instanceof ApiError ? e.message : String(e));
    }
  };
  return (
    <details className="bn-preview">
      <summary>{texts.traffic.preview}</summary>
      <div className="bn-header-rule">
        <TextInput aria-label={texts.traffic.from} placeholder={texts.traffic.from} value={from ?? caller} onChange={(_event, value) => setFrom(value)} />
        <TextInput aria-label={texts.traffic.path} value={path} onChange={(_event, value) => setPath(value)} />
        <TextInput aria-label={texts.traffic.header} placeholder={texts.traffic.header} value={header} onChange={(_event, value) => setHeader(value)} />
        <Button variant="secondary" isDisabled={(from ?? caller) === ''} onClick={() => void ask()}>{texts.traffic.ask}</Button>
      </div>
      {problem && <Alert isInline variant="danger" title={texts.traffic.noWhy}>{problem}</Alert>}
      {answers && (
        <div className="bn-grid">
          <section><h3>{texts.traffic.nowGoes}</h3><pre className="bn-code" tabIndex={0}>{said(answers.now)}</pre></section>
          <section><h3>{texts.traffic.thenGoes}</h3><pre className="bn-code" tabIndex={0}>{said(answers.then)}</pre></section>
        </div>
      )}
    </details>
  );
}

/** The answer in indented lines of names and values, without JSON's marks. */
export function said(value: unknown, depth = 0): string {
  const margin = '  '.repeat(depth);
  if (Array.isArray(value)) {
    return value.map((each) => (typeof each === 'object' && each !== null ? `${margin}-\n${said(each, depth + 1)}` : `${margin}- ${String(each)}`)).join('\n');
  }
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value)
      .filter(([, each]) => each !== null && !(Array.isArray(each) && each.length === 0))
      .map(([name, each]) => (typeof each === 'object' ? `${margin}${name}:\n${said(each, depth + 1)}` : `${margin}${name}: ${String(each)}`))
      .join('\n');
  }
  return `${margin}${String(value)}`;
}
