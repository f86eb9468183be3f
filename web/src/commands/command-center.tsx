import { lazy, Suspense, useEffect, useEffectEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { undoLast } from '../data/undo-steps.ts'
import { to } from '../routes.ts'
import { text } from '../strings/text.ts'
import { notify } from '../ui/toast.tsx'
import { useCommand } from './handlers.ts'
import { listenToKeys } from './keys.ts'
import { useSingleKeys } from './single-keys.ts'

const Palette = lazy(() => import('./palette.tsx').then((module) => ({ default: module.Palette })))
const ShortcutSheet = lazy(() =>
  import('./shortcut-sheet.tsx').then((module) => ({ default: module.ShortcutSheet })),
)

/** Listens to the keys, and does what is the same on every screen; once in the page. */
export function CommandCenter() {
  const [shown, setShown] = useState<'palette' | 'sheet' | null>(null)
  const close = () => setShown(null)
  useKeys()
  useWays()
  useCommand('palette', () => setShown('palette'))
  useCommand('shortcuts', () => setShown('sheet'))
  useCommand('undo', () => void undo())
  return (
    <Suspense>
      {shown === 'palette' ? <Palette onClose={close} /> : null}
      {shown === 'sheet' ? <ShortcutSheet onClose={close} /> : null}
    </Suspense>
  )
}

function useKeys() {
  const areSingleKeysOn = useSingleKeys()
  const ask = useEffectEvent(() => areSingleKeysOn)
  useEffect(() => listenToKeys(() => ask()), [])
}

function useWays() {
  const [, navigate] = useLocation()
  useCommand('goContacts', () => navigate(to.contacts))
  useCommand('goFavourites', () => navigate(to.favourites))
  useCommand('goBirthdays', () => navigate(to.birthdays))
  useCommand('goDuplicates', () => navigate(to.duplicates))
  useCommand('goTrash', () => navigate(to.trash))
  useCommand('goSettings', () => navigate(to.settings()))
  useCommand('goImport', () => navigate(to.import))
  useCommand('goLabels', () => navigate(to.labels))
}

async function undo() {
  const last = await undoLast()
  if (!last) notify({ title: text('commands.nothingToUndo') })
  else if (last.undone)
    notify({ title: text('commands.undone', { what: last.undone }), kind: 'done' })
}
