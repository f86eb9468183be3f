import { cloneElement, useState, type ReactElement } from 'react'

type Pressable = { onPressStart?: () => void }
type Props = { trigger: ReactElement; onPressStart: () => void }

/**
 * The button of a menu that is not loaded yet: a press is kept, and opens it then. From its start on, since
 * the button that takes its place may come before the press ends.
 */
export function EarlyTrigger({ trigger, onPressStart }: Props) {
  return cloneElement(trigger as ReactElement<Pressable>, { onPressStart })
}

export function useEarlyPress(): [wasPressed: boolean, onPressStart: () => void] {
  const [wasPressed, setPressed] = useState(false)
  return [wasPressed, () => setPressed(true)]
}
