import type { FunctionComponent } from 'react'
import { matchRoute, useLocation, useRouter } from 'wouter'
import type { appPaths } from '../routes.ts'
import type { Message } from '../strings/text.ts'

export type Screen = {
  path: (typeof appPaths)[number]
  /** Beside the list, or in place of list and detail. */
  pane: 'detail' | 'page'
  /** What the part of the app is called. */
  title: Message
  screen: FunctionComponent<Parts> & { load?: () => Promise<FunctionComponent<Parts>> }
}

/** The parts that paths can have; a screen asks only for those of its own path. */
type Parts = { id: string; section: string }

/** What the address shows: a screen with the parts of its path, or the list alone. */
export type Place = { screen: Screen; params: Parts } | null

export function usePlace(screens: readonly Screen[]): Place {
  const [path] = useLocation()
  const { parser } = useRouter()
  for (const screen of screens) {
    const [matches, params] = matchRoute(parser, screen.path, path)
    if (matches) return { screen, params: params as Parts }
  }
  return null
}
