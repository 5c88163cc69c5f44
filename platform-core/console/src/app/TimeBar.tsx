import { Button, Popover, TextInput } from '@patternfly/react-core';
import { useState, type FormEvent } from 'react';
import { live, useLive } from '../api/live';
import { Icon } from '../components/Icon';
import { Select } from '../components/Select';
import { texts } from '../texts/en';
import { dayAndTime, localInput, time } from '../texts/format';
import { useAddress, useMoment, windowSeconds, WINDOWS } from './moment';

/** The window, whether the page follows the mesh, and the way into the past. */
export function TimeBar() {
  const moment = useMoment();
  const change = useAddress();
  const windows = (WINDOWS as readonly string[]).includes(moment.window) ? WINDOWS : [...WINDOWS, moment.window];
  return (
    <div className="bn-timebar" role="group" aria-label={texts.time.window}>
      <LiveLabel />
      <Select
        label={texts.time.window}
        value={moment.window}
        onChange={(window) => change({ window })}
        options={windows.map((window) => ({ value: window, text: texts.time.windowOf(window) }))}
      />
      <TimeTravel key={moment.at} />
    </div>
  );
}

function LiveLabel() {
  const { connection, at } = useLive();
  const moment = useMoment();
  const change = useAddress();
  if (moment.at) {
    return (
      <button type="button" className="bn-live bn-live-past" onClick={() => change({ at: null })} title={texts.time.back}>
        <span className="bn-live-dot" />
        <span>{texts.time.past}</span>
        <span className="bn-live-time">{dayAndTime(moment.at)}</span>
        <span className="bn-live-back">{texts.time.back}</span>
      </button>
    );
  }
  if (connection === 'live') {
    return (
      <span className="bn-live bn-live-live" role="status" title={texts.time.liveTip}>
        <span className="bn-live-dot" />
        <span>{texts.time.live}</span>
        {at && <span className="bn-live-time">{time(at)}</span>}
      </span>
    );
  }
  return (
    <button type="button" className={`bn-live bn-live-${connection}`} title={connection === 'lost' ? texts.time.lostTip : undefined} onClick={live.connect}>
      <span className="bn-live-dot" />
      <span role="status">{connection === 'lost' ? texts.time.lost : texts.time.connecting}</span>
      {connection === 'lost' && <span className="bn-live-back">{texts.time.retry}</span>}
    </button>
  );
}

function TimeTravel() {
  const moment = useMoment();
  const change = useAddress();
  const [shown, setShown] = useState(false);
  const [wish, setWish] = useState('');
  const step = (direction: number) => {
    const from = moment.at ? Date.parse(moment.at) : Date.now();
    const to = from + direction * windowSeconds(moment.window) * 1000;
    change({ at: to >= Date.now() ? null : new Date(to).toISOString().replace(/\.\d+/, '') });
  };
  const go = (event: FormEvent) => {
    event.preventDefault();
    const chosen = new Date(wish);
    if (!Number.isNaN(chosen.getTime())) {
      change({ at: chosen.getTime() >= Date.now() ? null : chosen.toISOString().replace(/\.\d+/, '') });
      setShown(false);
    }
  };
  return (
    <span className="bn-travel">
      <Button variant="plain" aria-label={texts.time.earlier} title={texts.time.earlier} icon={<Icon name="earlier" />} onClick={() => step(-1)} />
      {moment.at && (
        <Button variant="plain" aria-label={texts.time.later} title={texts.time.later} icon={<Icon name="later" />} onClick={() => step(1)} />
      )}
      <Popover
        isVisible={shown}
        shouldOpen={() => {
          setWish(localInput(moment.at ?? new Date().toISOString()));
          setShown(true);
        }}
        shouldClose={() => setShown(false)}
        headerContent={texts.time.travel}
        bodyContent={
          <form className="bn-travel-form" onSubmit={go}>
            <TextInput type="datetime-local" step="1" aria-label={texts.time.moment} value={wish} max={localInput(new Date().toISOString())} onChange={(_event, value) => setWish(value)} />
            <Button type="submit">{texts.time.apply}</Button>
          </form>
        }
      >
        <Button variant="plain" aria-label={texts.time.travel} title={texts.time.travel} icon={<Icon name="clock" />} />
      </Popover>
    </span>
  );
}
