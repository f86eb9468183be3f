import { Fragment } from 'react'

/** A long address that breaks after its signs, not within a word. */
export function Breakable({ children }: { children: string }) {
  return Array.from(children.matchAll(/[^@._/-]*[@._/-]?/g), ({ index, 0: part }) => (
    <Fragment key={index}>
      {index > 0 ? <wbr /> : null}
      {part}
    </Fragment>
  ))
}
