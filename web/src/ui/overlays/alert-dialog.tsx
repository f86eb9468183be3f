import { useId, type ReactNode } from 'react'
import { Dialog as AriaDialog } from 'react-aria-components/Dialog'
import { Heading } from 'react-aria-components/Heading'
import { Modal, ModalOverlay } from 'react-aria-components/Modal'
import { text } from '../../strings/text.ts'
import { Button } from '../button.tsx'
import styles from '../dialog.module.css'

type Props = {
  title: string
  children?: ReactNode
  isOpen: boolean
  /** The word on the button that does it. */
  action: string
  onAction: () => void
  isPending?: boolean
  isDangerous?: boolean
  /** Another way out, between the two. */
  otherAction?: { label: string; onAction: () => void }
  cancel?: string
  onCancel: () => void
  /** Whether a field in it takes the focus, and the Enter key in that does it. */
  isForm?: boolean
}

/** A question before what cannot be undone. */
export function AlertDialog({
  title,
  children,
  isOpen,
  action,
  onAction,
  isPending,
  isDangerous = true,
  otherAction,
  cancel = text('ui.cancel'),
  onCancel,
  isForm = false,
}: Props) {
  const description = useId()
  const form = useId()
  const body = isForm ? (
    <form
      id={form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        if (!isPending) onAction()
      }}
    >
      {children}
    </form>
  ) : (
    children
  )
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(isOpen) => !isOpen && onCancel()}
      className={styles.overlay}
    >
      <Modal className={styles.modal}>
        <AriaDialog
          role="alertdialog"
          className={styles.dialog}
          aria-describedby={children ? description : undefined}
        >
          <header className={styles.header}>
            <Heading slot="title" level={2} className={styles.title}>
              {title}
            </Heading>
          </header>
          <div id={description} className={styles.body}>
            {body}
          </div>
          <footer className={styles.actions}>
            <Button onPress={onCancel} autoFocus={!isForm}>
              {cancel}
            </Button>
            {otherAction ? (
              <Button onPress={otherAction.onAction}>{otherAction.label}</Button>
            ) : null}
            <Button
              variant={isDangerous ? 'danger' : 'primary'}
              {...(isForm ? { type: 'submit', form } : { onPress: onAction })}
              isPending={isPending}
            >
              {action}
            </Button>
          </footer>
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
}
