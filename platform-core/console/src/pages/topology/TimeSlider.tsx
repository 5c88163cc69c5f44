import { useEffect, useState } from 'react';
import { useLive } from '../../api/live';
import { useAddress, useMoment, windowSeconds } from '../../app/moment';
import { texts } from '../../texts/en';
import { dayAndTime } from '../../texts/format';

const STEPS = 48;
const SETTLED_MS = 250;

/** The last windows, as far back as 48 of them: the right end is now. */
export function TimeSlider() {
  const moment = useMoment();
  const change = useAddress();
  const { at: tick } = useLive();
  const step = Math.max(15, windowSeconds(moment.window) / 2) * 1000;
  const now = tick ? Date.parse(tick) : Date.now();
  const back = moment.at ? Math.min(STEPS, Math.max(0, Math.round((now - Date.parse(moment.at)) / step))) : 0;
  const [wish, setWish] = useState<number | null>(null);
  useEffect(() => {
    if (wish === null) {
      return;
    }
    const timer = setTimeout(() => {
      change({ at: wish === 0 ? null : new Date(now - wish * step).toISOString().replace(/\.\d+/, '') }, { replace: true });
      setWish(null);
    }, SETTLED_MS);
    return () => clearTimeout(timer);
  }, [wish]);
  const shown = wish ?? back;
  const label = shown === 0 ? texts.topology.now : dayAndTime(new Date(now - shown * step).toISOString());
  return (
    <div className="bn-slider">
      <span>{dayAndTime(new Date(now - STEPS * step).toISOString())}</span>
      <input type="range" min={0} max={STEPS} step={1} value={STEPS - shown} aria-label={texts.topology.slider} aria-valuetext={label} onChange={(event) => setWish(STEPS - Number(event.target.value))} />
      <output>{label}</output>
    </div>
  );
}
