import type { ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { text } from '../../strings/text.ts'
import { classes } from '../classes.ts'
import { IconButton } from '../icon-button.tsx'
import { CloseIcon } from '../icons.ts'
import styles from '../dialog.module.css'

type Props = {
  title: string
  /** Whether the title is only the name of the dialog, not a line in it. */
  hidesTitle?: boolean
  isOpen: boolean
  onClose: () => void
  /** Whether Escape, or a press beside it, leaves it open: it holds what is shown this once. */
  isHeld?: boolean
  /** Buttons at the end. */
  actions?: ReactNode
  width?: 'narrow' | 'wide' | 'palette'
  children: ReactNode
}

/** A dialog over the page. Escape, the cross and a press beside it close it. */
export function Dialog({
  title,
  hidesTitle,
  isOpen,
  onClose,
  isHeld = false,
  actions,
  width,
  children,
}: Props) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable={!isHeld}
      isKeyboardDismissDisabled={isHeld}
      className={classes(styles.overlay, width === 'palette' && styles.top)}
    >
      <Modal className={classes(styles.modal, width && styles[width])}>
        <AriaDialog className={styles.dialog} aria-label={hidesTitle ? title : undefined}>
          {hidesTitle ? null : (
            <header className={styles.header}>
              <Heading slot="title" level={2} className={styles.title}>
                {title}
              </Heading>
              <IconButton icon={CloseIcon} label={text('ui.close')} onPress={onClose} />
            </header>
          )}
          <div className={hidesTitle ? styles.plain : styles.body}>{children}</div>
          {actions ? <footer className={styles.actions}>{actions}</footer> : null}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
