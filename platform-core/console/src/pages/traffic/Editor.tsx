import { Alert, Button, TextInput } from '@patternfly/react-core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { ApiError, post } from '../../api/client';
import type { Routing, RoutingDraft, Session } from '../../api/types';
import { Card } from '../../components/Card';
import { Diff } from '../../components/Diff';
import { Icon } from '../../components/Icon';
import { Select } from '../../components/Select';
import { texts } from '../../texts/en';
import { asShares, moveWeight, NO_PLAN, objections, ruleForAll, type FaultPlan, type HeaderRule, type Plan } from './plan';
import { Preview } from './Preview';

interface Props {
  routing: Routing;
  path: string;
  session: Session & { mayChange: boolean; known: boolean };
  again: () => void;
}

type Rule = Routing['rules'][number] & { header?: { name: string; value: string; match: string } | null };

interface Applied {
  change?: { id: string } | null;
}

/** A plan of other weights, header rules and faults; what it would write; and doing it, and taking it back. */
export function Editor({ routing, path, session, again }: Props) {
  const all = ruleForAll(routing.rules);
  const [plan, setPlan] = useState<Plan>(NO_PLAN);
  const [draft, setDraft] = useState<RoutingDraft | null>(null);
  const [busy, setBusy] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [done, setDone] = useState<{ id: string | null; words: string[] } | null>(null);
  const client = useQueryClient();
  const change = (part: Partial<Plan>) => {
    setPlan({ ...plan, ...part });
    setDraft(null);
  };
  const doing = async (what: string, work: () => Promise<void>) => {
    setBusy(what);
    setProblem(null);
    try {
      await work();
    } catch (e) {
      setProblem(e instanceof ApiError ? e.message : String(e));
      if (e instanceof ApiError && e.status === 409) {
        again();
      }
    } finally {
      setBusy(null);
    }
  };
  const refresh = () => void client.invalidateQueries();
  const wrong = objections(plan, texts.traffic.objections);
  const empty = plan.weights === null && plan.headers === null && plan.fault === null;
  const propose = () => doing(texts.traffic.proposing, async () => {
    setDraft(await post<RoutingDraft>(`${path}/routing/draft`, { revision: routing.revision, rule: all?.index ?? null, ...plan }, session.csrf));
    setDone(null);
  });
  const apply = (files: RoutingDraft['files'], words: string[]) => doing(texts.traffic.applying, async () => {
    const answer = await post<Applied>('apply', { files }, session.csrf);
    setDone({ id: answer.change?.id ?? null, words });
    setPlan(NO_PLAN);
    setDraft(null);
    refresh();
  });
  const undo = (id: string) => doing(texts.traffic.undoing, async () => {
    await post(`changes/${encodeURIComponent(id)}/undo`, {}, session.csrf);
    setDone(null);
    refresh();
  });

  return (
    <div className="bn-stack">
      {session.known && !session.mayChange && (
        <Alert isInline variant="info" title={texts.traffic.readOnly} customIcon={<Icon name="lock" />}>{session.how || texts.traffic.readOnlyHow}</Alert>
      )}
      {!routing.editable && <Alert isInline variant="info" title={texts.traffic.notEditable}>{routing.why}</Alert>}
      {done && (
        <Alert isInline isLiveRegion variant="success" title={texts.traffic.done} actionLinks={done.id && <Button variant="secondary" size="sm" icon={<Icon name="undo" />} isDisabled={busy !== null} onClick={() => undo(done.id as string)}>{texts.traffic.undo}</Button>}>
          {done.words.map((sentence) => <p key={sentence}>{sentence}</p>)}
          <p>{texts.traffic.watch}</p>
        </Alert>
      )}
      {routing.editable && (
        <>
          {all && all.destinations.length > 0 && <Weights routing={routing} plan={plan} onChange={(weights) => change({ weights })} />}
          <Headers routing={routing} plan={plan} onChange={(headers) => change({ headers })} />
          <Fault plan={plan} now={all?.fault ?? null} onChange={(fault) => change({ fault })} />
          <div className="bn-actions bn-plan-actions">
            <Button isDisabled={empty || wrong.length > 0 || busy !== null} isLoading={busy === texts.traffic.proposing} onClick={propose}>{texts.traffic.propose}</Button>
            {!empty && <Button variant="link" onClick={() => { setPlan(NO_PLAN); setDraft(null); setProblem(null); }}>{texts.traffic.discard}</Button>}
          </div>
          {wrong.map((sentence) => <Alert key={sentence} isInline isPlain variant="warning" title={sentence} />)}
        </>
      )}
      {problem && <Alert isInline isLiveRegion variant="danger" title={texts.traffic.refused}>{problem}</Alert>}
      {draft && (
        <Card title={texts.traffic.would}>
          {draft.words.map((sentence) => <p key={sentence}>{sentence}</p>)}
          {draft.diagnostics.map((each) => (
            <Alert key={`${each.message}${each.line ?? ''}`} isInline variant={each.severity.toLowerCase() === 'error' ? 'danger' : 'warning'} title={each.message}>{each.advice}</Alert>
          ))}
          <Diff before={draft.before ?? ''} after={draft.yaml} label={texts.traffic.yaml} />
          <Preview routing={routing} files={draft.files} csrf={session.csrf} />
          <div className="bn-actions">
            <Button
              isDisabled={!session.mayChange || busy !== null || draft.files.length === 0 || draft.diagnostics.some(({ severity }) => severity.toLowerCase() === 'error')}
              isLoading={busy === texts.traffic.applying}
              onClick={() => apply(draft.files, draft.words)}
            >
              {texts.traffic.apply}
            </Button>
            {!session.mayChange && <span className="bn-quiet">{session.how || texts.traffic.readOnlyHow}</span>}
          </div>
        </Card>
      )}
    </div>
  );
}

function Weights({ routing, plan, onChange }: { routing: Routing; plan: Plan; onChange: (weights: Plan['weights']) => void }) {
  const rule = ruleForAll(routing.rules);
  const now = rule ? rule.destinations.map(({ subset, weight }) => ({ subset, weight })) : [];
  const missing = routing.subsets.filter(({ name }) => !now.some(({ subset }) => subset === name)).map(({ name }) => ({ subset: name, weight: 0 }));
  const wholesale = now.length === 1 && now[0]?.subset === null && missing.length > 0;
  // Requests that go to all pods alike are first split by version, as many of them as the pods are.
  const start = wholesale ? asShares(missing.map(() => ({ weight: 1 }))).map((weight, index) => ({ subset: missing[index]?.subset ?? null, weight })) : [...now, ...missing];
  const shares = plan.weights ?? start.map(({ subset }, index) => ({ subset, weight: asShares(start)[index] ?? 0 }));
  if (shares.length < 2) {
    return <Card title={texts.traffic.weights}><p className="bn-none">{texts.traffic.oneTarget}</p></Card>;
  }
  const move = (index: number, value: number) => {
    const moved = moveWeight(shares.map(({ weight }) => weight), index, value);
    onChange(shares.map(({ subset }, at) => ({ subset, weight: moved[at] ?? 0 })));
  };
  return (
    <Card title={texts.traffic.weights} aside={plan.weights === null && wholesale ? <span className="bn-quiet">{texts.traffic.noSplit}</span> : undefined}>
      {shares.map(({ subset, weight }, index) => {
        const name = subset ?? texts.traffic.allPods;
        return (
          <div className="bn-weight" key={name}>
            <span className="bn-weight-name"><span className={`bn-swatch bn-swatch-${index % 6}`} />{name}</span>
            <input type="range" min={0} max={100} step={1} value={weight} aria-label={texts.traffic.weightOf(name)} aria-valuetext={`${weight} %`} onChange={(event) => move(index, Number(event.target.value))} />
            <span className="bn-weight-number">
              <input type="number" min={0} max={100} value={weight} aria-label={texts.traffic.percentOf(name)} onChange={(event) => move(index, Number(event.target.value))} /> %
            </span>
          </div>
        );
      })}
      <div className="bn-bar" aria-hidden="true">{shares.map(({ subset, weight }, index) => <span key={subset ?? ''} className={`bn-swatch-${index % 6}`} style={{ flexBasis: `${weight}%` }} />)}</div>
    </Card>
  );
}

function Headers({ routing, plan, onChange }: { routing: Routing; plan: Plan; onChange: (headers: Plan['headers']) => void }) {
  const written: HeaderRule[] = (routing.rules as Rule[]).flatMap((rule) =>
    rule.header && !(rule.name ?? '').startsWith('fault-') ? [{ name: rule.header.name, value: rule.header.value, match: rule.header.match === 'prefix' ? 'prefix' : 'exact', subset: rule.destinations[0]?.subset ?? '' }] : [],
  );
  const rules = plan.headers ?? written;
  const targets = routing.subsets.map(({ name }) => ({ value: name, text: name }));
  const put = (index: number, part: Partial<HeaderRule>) => onChange(rules.map((rule, at) => (at === index ? { ...rule, ...part } : rule)));
  return (
    <Card title={texts.traffic.headers} aside={<Button variant="link" isInline isDisabled={targets.length === 0} onClick={() => onChange([...rules, { name: '', value: '', match: 'exact', subset: targets[0]?.value ?? '' }])}>{texts.traffic.addHeader}</Button>}>
      {rules.length === 0 && <p className="bn-none">{texts.traffic.noHeaders}</p>}
      {rules.map((rule, index) => (
        <div className="bn-header-rule" key={index}>
          <TextInput aria-label={texts.traffic.headerName} placeholder="x-tester" value={rule.name} onChange={(_event, name) => put(index, { name })} />
          <Select label={texts.traffic.headerMatch} value={rule.match} options={[{ value: 'exact', text: texts.traffic.exact }, { value: 'prefix', text: texts.traffic.prefix }]} onChange={(match) => put(index, { match: match === 'prefix' ? 'prefix' : 'exact' })} />
          <TextInput aria-label={texts.traffic.headerValue} placeholder={texts.traffic.headerValue} value={rule.value} onChange={(_event, value) => put(index, { value })} />
          <Select label={texts.traffic.headerTarget} value={rule.subset} options={targets} onChange={(subset) => put(index, { subset })} />
          <Button variant="plain" aria-label={texts.traffic.removeHeader} icon={<Icon name="close" />} onClick={() => onChange(rules.filter((_rule, at) => at !== index))} />
        </div>
      ))}
    </Card>
  );
}

function Fault({ plan, now, onChange }: { plan: Plan; now: Routing['rules'][number]['fault']; onChange: (fault: FaultPlan | null) => void }) {
  const written: FaultPlan = { delayMilliseconds: now?.delay?.milliseconds ?? 0, delayPercent: now?.delay?.percent ?? 0, abortStatus: now?.abort?.httpStatus ?? 503, abortPercent: now?.abort?.percent ?? 0, header: null };
  const fault = plan.fault ?? written;
  const put = (part: Partial<FaultPlan>) => onChange({ ...fault, ...part });
  const field = (label: string, value: number, set: (value: number) => void, most: number): ReactNode => (
    <label className="bn-field">{label}<input type="number" min={0} max={most} value={value} onChange={(event) => set(Number(event.target.value))} /></label>
  );
  return (
    <Card title={texts.traffic.faults} aside={now && <Button variant="link" isInline onClick={() => onChange({ delayMilliseconds: 0, delayPercent: 0, abortStatus: 503, abortPercent: 0, header: null })}>{texts.traffic.noFault}</Button>}>
      <div className="bn-fields">
        {field(texts.traffic.delayShare, fault.delayPercent, (delayPercent) => put({ delayPercent }), 100)}
        {field(texts.traffic.delayTime, fault.delayMilliseconds, (delayMilliseconds) => put({ delayMilliseconds }), 3_600_000)}
        {field(texts.traffic.abortShare, fault.abortPercent, (abortPercent) => put({ abortPercent }), 100)}
        {field(texts.traffic.abortStatus, fault.abortStatus, (abortStatus) => put({ abortStatus }), 599)}
      </div>
      <label className="bn-check"><input type="checkbox" checked={fault.header !== null} onChange={(event) => put({ header: event.target.checked ? { name: 'x-fault', value: 'yes' } : null })} /> {texts.traffic.onlyWith}</label>
      {fault.header && (
        <div className="bn-header-rule">
          <TextInput aria-label={texts.traffic.headerName} value={fault.header.name} onChange={(_event, name) => put({ header: { name, value: fault.header?.value ?? '' } })} />
          <TextInput aria-label={texts.traffic.headerValue} value={fault.header.value} onChange={(_event, value) => put({ header: { name: fault.header?.name ?? '', value } })} />
        </div>
      )}
    </Card>
  );
}
