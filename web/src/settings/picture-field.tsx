import { useState } from 'react'
import { FileTrigger } from 'react-aria-components/FileTrigger'
import { ownAvatar } from '../data/own-avatar.ts'
import { usePhoto } from '../data/use-photo.ts'
import { CropDialog } from '../editing/crop-dialog.tsx'
import { readPicture } from '../editing/picture.ts'
import { text } from '../strings/text.ts'
import { Avatar } from '../ui/avatar.tsx'
import { Button } from '../ui/button.tsx'
import { CameraIcon } from '../ui/icons.ts'
import type { User } from '../worker/calls.ts'
import { Fault } from './fault.tsx'
import { showUser } from './own-user.ts'
import { useAction } from './use-action.ts'
import styles from './picture-field.module.css'

const path = '/api/users/avatar'

/** The own picture, cropped where it is chosen. */
export function PictureField({ user }: { user: User }) {
  const photo = usePhoto(ownAvatar(user), 512)
  const [picture, setPicture] = useState<ImageBitmap | null>(null)
  const [isUnreadable, setUnreadable] = useState(false)
  const { isPending, fault, run } = useAction()

  async function choose(files: FileList | null) {
    const [file] = files ?? []
    if (!file) return
    const read = await readPicture(file)
    setUnreadable(read === null)
    setPicture(read)
  }

  async function upload(file: Blob) {
    setPicture(null)
    const answer = await run({ method: 'PATCH', path, form: { field: 'file', file, name: 'me' } })
    if (answer) showUser(answer.body as User)
  }

  async function remove() {
    const answer = await run({ method: 'DELETE', path })
    if (answer) showUser({ ...user, avatar: null })
  }

  return (
    <div className={styles.field}>
      <Avatar id={user.id} name={user.username} photo={photo} size="large" />
      <div className={styles.actions}>
        <FileTrigger acceptedFileTypes={['image/*']} onSelect={(files) => void choose(files)}>
          <Button icon={CameraIcon} isPending={isPending}>
            {text(user.avatar ? 'settings.changePicture' : 'settings.addPicture')}
          </Button>
        </FileTrigger>
        {user.avatar ? (
          <Button variant="plain" onPress={() => void remove()}>
            {text('settings.removePicture')}
          </Button>
        ) : null}
      </div>
      <Fault>{isUnreadable ? text('settings.pictureUnreadable') : fault}</Fault>
      {picture ? (
        <CropDialog
          picture={picture}
          onCropped={(cropped) => void upload(cropped)}
          onCancel={() => setPicture(null)}
        />
      ) : null}
    </div>
  )
}
