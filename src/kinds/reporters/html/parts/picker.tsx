/** A labelled choice. `choices` are values, or values with the words that stand for them. */
export function Picker(props: {
  label: string;
  value: string;
  choices: (string | { value: string; text: string })[];
  onPick: (value: string) => void;
}) {
  const choices = props.choices.map((choice) =>
    typeof choice === 'string' ? { value: choice, text: choice } : choice,
  );
  return (
    <label class="picker">
      <span>{props.label}</span>
      <select value={props.value} onChange={(event) => props.onPick(event.currentTarget.value)}>
        {choices.map(({ value, text }) => (
          <option key={value} value={value} selected={value === props.value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
