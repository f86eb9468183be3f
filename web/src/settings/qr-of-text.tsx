import { encode } from 'uqr'
import styles from './address-code.module.css'

/** A text for a camera, with a quiet zone of 4 around it. */
export function QrOfText({ content, label }: { content: string; label: string }) {
  const { data, size } = encode(content, { ecc: 'M', border: 4 })
  const rows = data.flatMap((row, y) =>
    row.map((isBlack, x) => (isBlack ? `M${x} ${y}h1v1h-1z` : '')),
  )
  return (
    <svg
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size} ${size}`}
      shapeRendering="crispEdges"
      className={styles.code}
    >
      <path d={rows.join('')} />
    </svg>
  )
}
