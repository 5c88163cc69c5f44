import 'uplot/dist/uPlot.min.css';
import { useEffect, useMemo, useRef } from 'react';
import UPlot, { type AlignedData } from 'uplot';
import type { Series } from '../../api/types';
import { useDark } from '../../app/theme';
import { texts } from '../../texts/en';

const LINES = 6;
const DASHES: (number[] | undefined)[] = [undefined, [6, 3], [2, 3], [10, 3, 2, 3], [12, 4], [3, 6]];
const HEIGHT = 176;

interface Props {
  title: string;
  answer: Pick<Series, 'series'>;
  format: (value: number | null | undefined) => string;
}

/** Values over time: gaps stay gaps. Lines differ in colour and in dashes; their last values are said in words. */
export function Chart({ title, answer, format }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const dark = useDark();
  const data = useMemo(() => aligned(answer), [answer]);
  useEffect(() => {
    const element = frame.current;
    if (!element) {
      return;
    }
    const style = getComputedStyle(document.documentElement);
    const colour = (name: string) => style.getPropertyValue(name).trim();
    const axis = { stroke: colour('--bn-quiet'), grid: { stroke: colour('--bn-line'), width: 1 }, ticks: { show: false }, font: '11px system-ui, sans-serif' };
    const plot = new UPlot(
      {
        width: element.clientWidth || 320,
        height: HEIGHT,
        legend: { show: false },
        cursor: { y: false, points: { size: 6 } },
        scales: { y: { range: (_plot, low, high) => [low < 0 ? low * 1.15 : 0, high > 0 ? high * 1.15 : low < 0 ? 0 : 1] } },
        axes: [axis, { ...axis, size: 68, values: (_plot, values) => values.map((value) => format(value)) }],
        series: [{}, ...answer.series.map((line, index) => ({ label: line.name, stroke: colour(`--bn-line-${index % LINES}`), width: 2, dash: DASHES[index % LINES], spanGaps: false, points: { show: false } }))],
      },
      data,
      element,
    );
    const resized = new ResizeObserver(() => plot.setSize({ width: element.clientWidth, height: HEIGHT }));
    resized.observe(element);
    return () => {
      resized.disconnect();
      plot.destroy();
    };
  }, [data, dark, format]);
  const last = answer.series.map((line) => ({ name: line.name, value: [...line.points].reverse().find(([, value]) => value !== null)?.[1] ?? null }));
  if (answer.series.every((line) => line.points.every(([, value]) => value === null))) {
    return <p className="bn-none">{texts.service.noSeries}</p>;
  }
  return (
    <>
      <ul className="bn-chart-lines">
        {last.map(({ name, value }, index) => (
          <li key={name}><span className={`bn-swatch bn-swatch-${index % LINES}`} />{texts.service.lastValue(name, format(value))}</li>
        ))}
      </ul>
      <div className="bn-chart" ref={frame} role="img" aria-label={texts.service.chartOf(title, last.map(({ name, value }) => texts.service.lastValue(name, format(value))).join(', '))} />
    </>
  );
}

/** One axis of times for all lines; where a line says nothing there is nothing. */
export function aligned(answer: Pick<Series, 'series'>): AlignedData {
  const times = [...new Set(answer.series.flatMap((line) => line.points.map(([at]) => at)))].sort((a, b) => a - b);
  return [times, ...answer.series.map((line) => {
    const values = new Map(line.points);
    return times.map((at) => values.get(at) ?? null);
  })];
}
