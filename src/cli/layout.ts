/** A cell of a row; `paint` is applied after padding, so colours do not disturb the columns. */
export interface Cell {
  readonly text: string;
  readonly paint?: (text: string) => string;
}

/** Lines of at most `width` columns, broken between words; a longer word stands alone. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(/\s+/)) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** Rows with aligned columns; the last column wraps under itself. */
export function columns(rows: readonly (readonly Cell[])[], indent: string, width: number): string {
  const last = Math.max(0, ...rows.map((row) => row.length)) - 1;
  const widths = Array.from({ length: last }, (_, at) => Math.max(...rows.map((row) => row[at]?.text.length ?? 0)));
  const left = indent.length + widths.reduce((sum, one) => sum + one + 2, 0);
  return rows
    .flatMap((row) => {
      const lines = wrap(row[last]?.text ?? '', Math.max(width - left, 24));
      return lines.map((line, at) => {
        const cells = widths.map((one, column) => painted(row[column], at === 0 ? (row[column]?.text ?? '') : '', one));
        return `${indent}${cells.join('')}${painted(row[last], line, 0)}`.trimEnd();
      });
    })
    .join('\n');
}

function painted(cell: Cell | undefined, text: string, width: number): string {
  const padded = width === 0 ? text : text.padEnd(width + 2);
  return cell?.paint !== undefined && text !== '' ? cell.paint(padded) : padded;
}

/** `3 files`, `1 file`. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
