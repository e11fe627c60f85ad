// Owns a text of which some parts are what was searched for.
import type { Marks } from '../../../../src/modules/inventory/schema.ts'

interface MarkedTextProps {
  readonly text: string
  /** In order, without overlaps. */
  readonly marks: Marks
}

export function MarkedText({ text, marks }: MarkedTextProps) {
  const ends = [0, ...marks.map(([, end]) => end)]
  return (
    <>
      {marks.map(([from, to], i) => (
        <span key={from}>
          {text.slice(ends[i], from)}
          <mark>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  )
}
