type Props = { text: string; marked: [start: number, end: number] }

/** A text with the part that was searched for marked; a long one begins shortly before it. */
export function Marked({ text, marked: [start, end] }: Props) {
  const from = start > 24 ? start - 16 : 0
  return (
    <>
      {from > 0 ? '…' : ''}
      {text.slice(from, start)}
      <mark>{text.slice(start, end)}</mark>
      {text.slice(end)}
    </>
  )
}
