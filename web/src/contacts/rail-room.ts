import { useEffect, useState, type RefObject } from 'react'

/** The height of a letter of the rail that a finger still hits, in rem. */
const letterRem = 0.9

/** How many letters fit into the rail. */
export function useRoom(rail: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useEffect(() => {
    const element = rail.current
    if (!element) return undefined
    // It calls back for the first time once the page is laid out, which measuring now would do once more.
    const resizes = new ResizeObserver(() => {
      setRoom(Math.floor(element.clientHeight / letterInPixels()))
    })
    resizes.observe(element)
    return () => resizes.disconnect()
  }, [rail])
  return room
}

const letterInPixels = () =>
  letterRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
