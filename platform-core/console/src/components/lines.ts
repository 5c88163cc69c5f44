export interface DiffLine {
  kind: 'same' | 'added' | 'removed';
  text: string;
}

const MOST = 1_500;

/** The shortest way from one text to another by whole lines; texts too long to compare are shown one after the other. */
export function diffLines(before: string, after: string): DiffLine[] {
  const a = split(before);
  const b = split(after);
  if (a.length > MOST || b.length > MOST) {
    return [...a.map((text) => line('removed', text)), ...b.map((text) => line('added', text))];
  }
  const common = table(a, b);
  const lines: DiffLine[] = [];
  let i = 0;
  let j = 0;
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      lines.push(line('same', a[i] as string));
      i += 1;
      j += 1;
    } else if (at(common, i + 1, j) >= at(common, i, j + 1)) {
      lines.push(line('removed', a[i] as string));
      i += 1;
    } else {
      lines.push(line('added', b[j] as string));
      j += 1;
    }
  }
  return [...lines, ...a.slice(i).map((text) => line('removed', text)), ...b.slice(j).map((text) => line('added', text))];
}

/** How many lines the rests of both texts have in common, from each pair of places on. */
function table(a: string[], b: string[]): Uint16Array[] {
  const rows = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      (rows[i] as Uint16Array)[j] = a[i] === b[j] ? at(rows, i + 1, j + 1) + 1 : Math.max(at(rows, i + 1, j), at(rows, i, j + 1));
    }
  }
  return rows;
}

const at = (rows: Uint16Array[], i: number, j: number) => rows[i]?.[j] ?? 0;
const line = (kind: DiffLine['kind'], text: string): DiffLine => ({ kind, text });
const split = (text: string) => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));
