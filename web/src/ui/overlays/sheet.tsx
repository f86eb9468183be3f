import type { ReactNode } from 'react'
import { Dialog } from 'react-aria-components/Dialog'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { classes } from '../classes.ts'
import dialog from '../dialog.module.css'
import styles from '../sheet.module.css'

type Props = { title: string; isOpen: boolean; onClose: () => void; children: ReactNode }

/** A sheet that rises from the bottom of a phone. */
export function Sheet({ title, isOpen, onClose, children }: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className={classes(dialog.overlay, styles.overlay)}
    >
      <Modal className={classes(dialog.modal, styles.sheet)}>
        <Dialog aria-label={title} className={dialog.dialog}>
          {children}
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}
