import { useEffect, useState } from 'react'
import { text } from '../strings/text.ts'
import { IconButton } from '../ui/icon-button.tsx'
import { CheckIcon, CopyIcon } from '../ui/icons.ts'
import { notify } from '../ui/toast.tsx'

/** How long the button shows that it has copied. */
const shownMs = 1_200

/** Copies a value, and becomes a tick for a moment. */
export function CopyButton({ value }: { value: string }) {
  const [isCopied, setIsCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return undefined
    const end = setTimeout(() => setIsCopied(false), shownMs)
    return () => clearTimeout(end)
  }, [isCopied])

  const copy = async () => {
    await navigator.clipboard.writeText(value)
    setIsCopied(true)
    notify({ title: text('contacts.copied'), kind: 'done' })
  }
  return (
    <IconButton
      size="small"
      icon={isCopied ? CheckIcon : CopyIcon}
      label={text('contacts.copy', { value })}
      hint={text('contacts.copyHint')}
      onPress={copy}
    />
  )
}
