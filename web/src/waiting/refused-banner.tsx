import { useState } from 'react'
import { useWaiting } from '../data/state.ts'
import { text } from '../strings/text.ts'
import { Banner } from '../ui/banner.tsx'
import { Button } from '../ui/button.tsx'
import { refusalText } from './refusal-text.ts'
import { WaitingChanges } from './waiting-changes.tsx'

/** What the server refused, and the way to what can be done about it. */
export function RefusedBanner() {
  const [isOpen, setIsOpen] = useState(false)
  const refused = useWaiting().filter(({ refusal }) => refusal !== null)
  const [first] = refused
  return (
    <>
      {first ? (
        <Banner
          kind="fault"
          title={text('waiting.refusedBanner', { count: refused.length, name: first.title })}
          actions={<Button onPress={() => setIsOpen(true)}>{text('waiting.show')}</Button>}
        >
          {refused.length === 1 ? refusalText(first) : null}
        </Banner>
      ) : null}
      {isOpen ? <WaitingChanges onClose={() => setIsOpen(false)} /> : null}
    </>
  )
}
