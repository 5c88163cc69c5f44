import { Alert, Button, Checkbox, Form, FormGroup, FormHelperText, HelperText, HelperTextItem, TextInput } from '@patternfly/react-core';
import { useState } from 'react';
import { ApiError, send } from '../../api/client';
import type { Extension, Setting, SettingSchema } from '../../api/plugins';
import { useSession, useView } from '../../api/views';
import { Card } from '../../components/Card';
import { Shown } from '../../components/States';
import { texts } from '../../texts/en';
import { changes } from './state';

const words = texts.plugins;

interface Problem {
  key: string;
  problem: string;
  fix: string;
}

export function SettingsForm({ extension, again }: { extension: Extension; again: () => void }) {
  const query = useView<Setting[]>(`plugins/${encodeURIComponent(extension.id)}/settings`);
  const properties = extension.schema.properties;
  return (
    <Card title={words.settings}>
      {Object.keys(properties).length === 0 ? (
        <p className="bn-none">{words.noSettings}</p>
      ) : (
        <Shown query={query}>
          {(settings) => (
            <Fields
              key={JSON.stringify(settings)}
              extension={extension}
              settings={settings}
              again={() => {
                void query.refetch();
                again();
              }}
            />
          )}
        </Shown>
      )}
    </Card>
  );
}

function Fields({ extension, settings, again }: { extension: Extension; settings: Setting[]; again: () => void }) {
  const { mayChange, csrf } = useSession();
  const properties = extension.schema.properties;
  const before = Object.fromEntries(settings.map(({ name, value }) => [name, value]));
  const [now, setNow] = useState<Record<string, string>>(() =>
    Object.fromEntries(settings.map(({ name, value, secret }) => [name, secret ? '' : (value ?? '')])),
  );
  const [problems, setProblems] = useState<Problem[]>([]);
  const [failed, setFailed] = useState('');
  const [busy, setBusy] = useState(false);
  const changed = changes(properties, before, now);

  const change = async (given: Record<string, string | null>) => {
    setBusy(true);
    setFailed('');
    setProblems([]);
    try {
      await send('PATCH', `plugins/${encodeURIComponent(extension.id)}/settings`, csrf, given);
      again();
    } catch (e) {
      const found = e instanceof ApiError ? e.problem?.problems : undefined;
      setProblems(Array.isArray(found) ? (found as Problem[]) : []);
      setFailed((e as Error).message);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Form
      className="bn-settings"
      onSubmit={(event) => {
        event.preventDefault();
        void change(changed);
      }}
    >
      {settings.map((setting) => {
        const schema = properties[setting.name];
        return schema ? (
          <Field
            key={setting.name}
            setting={setting}
            schema={schema}
            value={now[setting.name] ?? ''}
            disabled={!mayChange}
            problem={problems.find(({ key }) => key === setting.name)}
            onChange={(value) => setNow({ ...now, [setting.name]: value })}
            onReset={() => void change({ [setting.name]: null })}
          />
        ) : null;
      })}
      {failed && problems.length === 0 && <Alert isInline component="p" variant="danger" title={failed} />}
      <div>
        <Button type="submit" variant="primary" isDisabled={!mayChange || busy || Object.keys(changed).length === 0} isLoading={busy}>
          {words.apply(Object.keys(changed).length)}
        </Button>
      </div>
    </Form>
  );
}

interface FieldProps {
  setting: Setting;
  schema: SettingSchema;
  value: string;
  disabled: boolean;
  problem: Problem | undefined;
  onChange: (value: string) => void;
  onReset: () => void;
}

function Field({ setting, schema, value, disabled, problem, onChange, onReset }: FieldProps) {
  const id = `setting-${setting.name}`;
  return (
    <FormGroup label={setting.name} fieldId={id} isRequired={setting.origin === 'missing'}>
      {schema.type === 'boolean' ? (
        <Checkbox id={id} label={words.yes} isChecked={value === 'true'} isDisabled={disabled} onChange={(_, checked) => onChange(String(checked))} />
      ) : (
        <TextInput
          id={id}
          value={value}
          type={schema.writeOnly ? 'password' : schema.type === 'integer' ? 'number' : 'text'}
          min={schema.minimum}
          max={schema.maximum}
          placeholder={schema.writeOnly ? words.hidden[setting.origin] : undefined}
          autoComplete="off"
          isDisabled={disabled}
          validated={problem ? 'error' : 'default'}
          aria-describedby={`${id}-help`}
          onChange={(_, text) => onChange(text)}
        />
      )}
      <FormHelperText>
        <HelperText id={`${id}-help`}>
          {problem && <HelperTextItem variant="error">{`${problem.problem}. ${problem.fix}.`}</HelperTextItem>}
          <HelperTextItem>
            {schema.description}
            {setting.origin !== 'default' && ` · ${words.origins[setting.origin]}`}
            {setting.origin === 'api' && (
              <Button variant="link" isInline isDisabled={disabled} onClick={onReset} className="bn-reset">
                {words.takeBack}
              </Button>
            )}
          </HelperTextItem>
        </HelperText>
      </FormHelperText>
    </FormGroup>
  );
}
