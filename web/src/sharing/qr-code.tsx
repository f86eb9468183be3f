import { encode } from 'uqr'
import { text } from '../strings/text.ts'
import type { Contact } from '../worker/calls.ts'
import { smallVcardOf } from './vcard.ts'
import styles from './share-dialog.module.css'

type Props = { contact: Contact; name: string }

/** What another phone’s camera reads; black on white in both themes. */
export function QrCode({ contact, name }: Props) {
  const code = codeOf(smallVcardOf(contact))
  if (!code) return <p className={styles.note}>{text('sharing.qr-too-long')}</p>
  return (
    <figure className={styles.figure}>
      <svg
        role="img"
        aria-label={text('sharing.qr', { name })}
        viewBox={`0 0 ${code.size} ${code.size}`}
        shapeRendering="crispEdges"
        className={styles.code}
      >
        <path d={code.path} />
      </svg>
      <figcaption className={styles.note}>{text('sharing.qr-about')}</figcaption>
    </figure>
  )
}

/** The black modules as one path, a quiet zone of 4 around them; null where the text is too long. */
function codeOf(content: string): { size: number; path: string } | null {
  try {
    const { data, size } = encode(content, { ecc: 'L', border: 4 })
    const rows = data.flatMap((row, y) =>
      row.map((isBlack, x) => (isBlack ? `M${x} ${y}h1v1h-1z` : '')),
    )
    return { size, path: rows.join('') }
  } catch {
    return null
  }
}
