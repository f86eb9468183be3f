import { lazy, Suspense, useState } from 'react'
import { useLocation } from 'wouter'
import { shortcutOf } from '../commands/commands.ts'
import { useCommand } from '../commands/handlers.ts'
import { useLabels } from '../data/use-labels.ts'
import { usePhone } from '../frame/media.ts'
import { LabelPicker } from '../labels/label-picker.tsx'
import { setStarred, useIsStarred } from '../labels/star.ts'
import { to } from '../routes.ts'
import { printContact } from '../sharing/printing.ts'
import { text } from '../strings/text.ts'
import { Button } from '../ui/button.tsx'
import { IconButton, IconToggle } from '../ui/icon-button.tsx'
import {
  ChevronLeftIcon,
  EditIcon,
  ExportIcon,
  HistoryIcon,
  LabelIcon,
  MoreIcon,
  PrintIcon,
  ShareIcon,
  StarIcon,
  TrashIcon,
} from '../ui/icons.ts'
import { IconLink } from '../ui/link-button.tsx'
import { Menu, MenuItem, MenuLine } from '../ui/menu.tsx'
import type { Contact } from '../worker/calls.ts'
import { focusList } from './focus-list.ts'
import { addressOfList, besideList, useListAddress } from './list-address.ts'
import { useSelectedCount } from './selection.ts'
import { trashContacts } from './trash-contacts.ts'
import styles from './contact.module.css'

type Props = { contact: Contact; name: string }

const ShareDialog = lazy(() =>
  import('../sharing/share-dialog.tsx').then((module) => ({ default: module.ShareDialog })),
)

/** What can be done with the contact, on top of it. */
export function ContactBar({ contact, name }: Props) {
  const { id } = contact
  const list = useListAddress()
  const [, navigate] = useLocation()
  const [isSharing, setIsSharing] = useState(false)
  const [isLabelling, setIsLabelling] = useState(false)
  const { labels } = useLabels()
  const isStarred = useIsStarred()(contact)
  const edit = () => navigate(besideList(to.edit(id), list))
  const showHistory = () => navigate(besideList(to.history(id), list))
  const exportVcard = async () => {
    const { exportContact } = await import('../sharing/share.ts')
    await exportContact(contact, labels)
  }
  const trash = () => {
    void trashContacts([{ id, name }])
    focusList()
    navigate(addressOfList(list))
  }
  const star = () => void setStarred([id], !isStarred)
  useCommand('edit', edit)
  // With contacts selected, these are about them.
  const isAlone = useSelectedCount() === 0
  useCommand('star', star, isAlone)
  useCommand('label', () => setIsLabelling(true), isAlone)
  useCommand('trash', trash, isAlone)
  useCommand('print', () => printContact(contact), isAlone)

  return (
    <div className={styles.bar}>
      <WayBack />
      <IconToggle
        icon={StarIcon}
        label={text('contacts.star')}
        isPressed={isStarred}
        onChange={star}
        shortcut={shortcutOf('star')}
        fills
      />
      <IconButton
        icon={ShareIcon}
        label={text('contacts.share')}
        onPress={() => setIsSharing(true)}
      />
      <Menu
        label={text('contacts.more')}
        trigger={<IconButton icon={MoreIcon} label={text('contacts.more')} />}
      >
        <MenuItem icon={HistoryIcon} onAction={showHistory}>
          {text('contacts.history')}
        </MenuItem>
        <MenuItem
          icon={LabelIcon}
          shortcut={shortcutOf('label')}
          onAction={() => setIsLabelling(true)}
        >
          {text('contacts.label')}
        </MenuItem>
        <MenuItem icon={PrintIcon} onAction={() => printContact(contact)}>
          {text('contacts.print')}
        </MenuItem>
        <MenuItem icon={ExportIcon} onAction={() => void exportVcard()}>
          {text('contacts.exportVcard')}
        </MenuItem>
        <MenuLine />
        <MenuItem icon={TrashIcon} shortcut={shortcutOf('trash')} isDangerous onAction={trash}>
          {text('contacts.delete')}
        </MenuItem>
      </Menu>
      <Button icon={EditIcon} shortcut={shortcutOf('edit')} onPress={edit}>
        {text('contacts.edit')}
      </Button>
      <LabelPicker ids={[id]} isOpen={isLabelling} onClose={() => setIsLabelling(false)} />
      {isSharing ? (
        <Suspense>
          <ShareDialog contact={contact} onClose={() => setIsSharing(false)} />
        </Suspense>
      ) : null}
    </div>
  )
}

/** On a phone the list is another screen. */
export function WayBack() {
  const list = useListAddress()
  const isPhone = usePhone()
  if (!isPhone) return null
  return (
    <div className={styles.back}>
      <IconLink icon={ChevronLeftIcon} to={addressOfList(list)} label={text('contacts.back')} />
    </div>
  )
}
