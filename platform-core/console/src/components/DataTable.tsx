import { useState, type ReactNode } from 'react';

export interface Column<T> {
  name: string;
  cell: (row: T) => ReactNode;
  /** What to sort by; without it the column does not sort. Null is last, whatever the direction. */
  sort?: (row: T) => string | number | null;
  number?: boolean;
}

interface Props<T> {
  label: string;
  columns: Column<T>[];
  rows: T[];
  id: (row: T) => string;
  empty: ReactNode;
}

type Key = string | number | null;

export function compareKeys(a: Key, b: Key, direction: 1 | -1): number {
  if (a === null || b === null) {
    return a === b ? 0 : a === null ? 1 : -1;
  }
  return (typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))) * direction;
}

/** A table that sorts, with a heading cell in each row; on a telephone each row becomes a card. */
export function DataTable<T>({ label, columns, rows, id, empty }: Props<T>) {
  const [by, setBy] = useState<{ column: number; direction: 1 | -1 } | null>(null);
  const sort = by ? columns[by.column]?.sort : undefined;
  const shown = by && sort ? [...rows].sort((a, b) => compareKeys(sort(a), sort(b), by.direction)) : rows;
  if (rows.length === 0) {
    return <p className="bn-none">{empty}</p>;
  }
  const turn = (column: number) => setBy(by?.column === column ? (by.direction === 1 ? { column, direction: -1 } : null) : { column, direction: 1 });
  return (
    <div className="bn-table-frame" role="region" aria-label={label} tabIndex={0}>
      <table className="pf-v6-c-table pf-m-compact bn-table" aria-label={label}>
        <thead>
          <tr>
            {columns.map((column, index) => {
              const direction = by?.column === index ? by.direction : null;
              return (
                <th key={column.name} scope="col" className={column.number ? 'bn-number' : undefined} aria-sort={direction ? (direction === 1 ? 'ascending' : 'descending') : undefined}>
                  {column.sort ? (
                    <button type="button" className="bn-sort" onClick={() => turn(index)}>
                      {column.name}
                      <span aria-hidden="true">{direction === 1 ? ' ▴' : direction === -1 ? ' ▾' : ''}</span>
                    </button>
                  ) : (
                    column.name
                  )}
                </th>
              );
            })}
          </tr>
        </thead>
        <tbody>
          {shown.map((row) => (
            <tr key={id(row)}>
              {columns.map((column, index) =>
                index === 0 ? (
                  <th key={column.name} scope="row">
                    {column.cell(row)}
                  </th>
                ) : (
                  <td key={column.name} data-label={column.name} className={column.number ? 'bn-number' : undefined}>
                    {column.cell(row)}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
