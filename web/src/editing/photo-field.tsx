import { useRef, useState } from 'react'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { CameraIcon } from '../ui/icons.ts'
import { CropDialog } from './crop-dialog.tsx'
import { dataUrlOf, readPicture } from './picture.ts'
import styles from './photo-field.module.css'

/** What becomes of the photo when the form is saved: a picture, as a data URL, or none. */
export type PhotoChange = { kind: 'set'; url: string } | { kind: 'remove' } | null

type Props = {
  id: string
  name: string
  isCompany: boolean
  /** The picture that the contact has. */
  photo: string | null
  change: PhotoChange
  onChange: (change: PhotoChange) => void
  isOffline: boolean
}

/** The photo of a contact, and how it is chosen, cropped and removed. */
export function PhotoField({ id, name, isCompany, photo, change, onChange, isOffline }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [fault, setFault] = useState<string | null>(null)
  const shown = change === null ? photo : change.kind === 'set' ? change.url : null

  async function choose(file: File | undefined) {
    if (!file) return
    const picture = await readPicture(file)
    setFault(picture ? null : text('editing.photoUnreadable'))
    setPicture(picture)
  }

  return (
    <div className={styles.field}>
      <Avatar id={id} name={name} isCompany={isCompany} photo={shown} size="large" />
      <div className={styles.actions}>
        <Button
          variant="plain"
          icon={CameraIcon}
          onPress={() => {
            setFault(isOffline ? text('editing.photoOffline') : null)
            if (!isOffline) input.current?.click()
          }}
        >
          {text(shown ? 'editing.changePhoto' : 'editing.addPhoto')}
        </Button>
        {shown ? (
          <Button
            variant="plainDanger"
            onPress={() => {
              setFault(isOffline && photo ? text('editing.photoOffline') : null)
              if (!isOffline || !photo) onChange(photo ? { kind: 'remove' } : null)
            }}
          >
            {text('editing.removePhoto')}
          </Button>
        ) : null}
      </div>
      <input
        ref={input}
        type="file"
        accept="image/jpeg,image/png,image/webp,image/avif,image/gif"
        aria-label={text('editing.addPhoto')}
        hidden
        onChange={(event) => {
          void choose(event.currentTarget.files?.[0])
          // The same file may be chosen again.
          event.currentTarget.value = ''
        }}
      />
      {fault ? (
        <p role="alert" className={styles.fault}>
          {fault}
        </p>
      ) : null}
      {picture ? (
        <CropDialog
          picture={picture}
          onCancel={() => setPicture(null)}
          onCropped={(cropped) => {
            setPicture(null)
            void dataUrlOf(cropped).then((url) => onChange({ kind: 'set', url }))
          }}
        />
      ) : null}
    </div>
  )
}
