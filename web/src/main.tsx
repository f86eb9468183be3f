import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { leaveWithoutSession } from './account/leave-without-session.ts'
import { findWayIn } from './account/way-in.ts'
import { App, loadScreenAt } from './app.tsx'
import { startData } from './data/client.ts'
import { startDrafts } from './data/drafts.ts'
import { rememberedRegion } from './device.ts'
import { followPreferences } from './settings/follow-preferences.ts'
import { keepInstallOffer } from './shell/installing.ts'
import { keepShell } from './shell/keep-shell.ts'
import { chooseLanguage } from './strings/choose-language.ts'
import { loadLanguage } from './strings/text.ts'
import './ui/base.css'

const firstScreenMs = 1_000

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
keepInstallOffer()
const [mayStart] = await Promise.all([
  findWayIn(),
  loadLanguage(chooseLanguage(), rememberedRegion()),
  loadScreenAt(location.pathname),
])
if (mayStart) {
  leaveWithoutSession()
  followPreferences()
  startDrafts()
  startData()
  // In a transition React works in slices, and keys and pointers are answered in between.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App />
      </StrictMode>,
    ),
  )
  // Fetching the rest of the app would delay the first rows.
  setTimeout(keepShell, firstScreenMs)
}
