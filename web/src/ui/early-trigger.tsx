import { cloneElement, useState, type ReactElement } from 'react'

type Pressable = { onPress?: () => void }
type Props = { trigger: ReactElement; onPress: () => void }

/** The button of a menu that is not loaded yet: a press is kept, and opens it then. */
export function EarlyTrigger({ trigger, onPress }: Props) {
  return cloneElement(trigger as ReactElement<Pressable>, { onPress })
}

export function useEarlyPress(): [wasPressed: boolean, onPress: () => void] {
  const [wasPressed, setPressed] = useState(false)
  return [wasPressed, () => setPressed(true)]
}
