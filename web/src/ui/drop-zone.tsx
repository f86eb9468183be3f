import type { ReactNode } from 'react'
import { DropZone as AriaDropZone } from 'react-aria-components/DropZone'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { Button } from './button.tsx'
import type { Icon } from './icons.ts'
import styles from './drop-zone.module.css'

type Props = {
  /** Names the place for readers. */
  label: string
  icon: Icon
  /** The word on the button that opens the system's own choice of files. */
  choose: string
  /** Media types and endings, such as `text/vcard` and `.vcf`. */
  accepts: readonly string[]
  onFile: (file: File) => void
  children: ReactNode
}

/** Where a file may be dropped, pasted or chosen. */
export function DropZone({ label, icon: Icon, choose, accepts, onFile, children }: Props) {
  return (
    <AriaDropZone
      aria-label={label}
      className={styles.zone}
      getDropOperation={() => 'copy'}
      onDrop={async ({ items }) => {
        const item = items.find((item) => item.kind === 'file')
        if (item) onFile(await item.getFile())
      }}
    >
      <Icon aria-hidden="true" className={styles.icon} />
      <div className={styles.words}>{children}</div>
      <FileTrigger
        acceptedFileTypes={accepts}
        onSelect={(files) => {
          const file = files?.item(0)
          if (file) onFile(file)
        }}
      >
        <Button variant="primary">{choose}</Button>
      </FileTrigger>
    </AriaDropZone>
  )
}
