interface Props {
  label: string;
  value: string;
  options: { value: string; text: string }[];
  onChange: (value: string) => void;
}

/** A choice: the browser's own, which every keyboard, reader and telephone knows. */
export function Select({ label, value, options, onChange }: Props) {
  return (
    <span className="pf-v6-c-form-control bn-select">
      <select aria-label={label} value={value} onChange={(event) => onChange(event.target.value)}>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.text}
          </option>
        ))}
      </select>
      <span className="pf-v6-c-form-control__utilities" aria-hidden="true">
        <span className="pf-v6-c-form-control__toggle-icon">▾</span>
      </span>
    </span>
  );
}
