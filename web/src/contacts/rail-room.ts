import { useLayoutEffect, useState, type RefObject } from 'react'

/** The height of a letter of the rail that a finger still hits, in rem. */
const letterRem = 0.9

/** How many letters fit into the rail. */
export function useRoom(rail: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(0)
  useLayoutEffect(() => {
    const element = rail.current
    if (!element) return undefined
    const measure = () => setRoom(Math.floor(element.clientHeight / letterInPixels()))
    const resizes = new ResizeObserver(measure)
    resizes.observe(element)
    measure()
    return () => resizes.disconnect()
  }, [rail])
  return room
}

const letterInPixels = () =>
  letterRem * Number.parseFloat(getComputedStyle(document.documentElement).fontSize)
