import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { chooseLanguage } from '../strings/choose-language.ts'
import { AccountPages } from './account-pages.tsx'
import { loadAccountLanguage } from './load-language.ts'
import { readAddress } from './mailed-token.ts'
import '../ui/base.css'

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
readAddress()
// Whoever has the page open and follows a link with a fragment gets no new page, but this event.
addEventListener('hashchange', () => location.reload())
await loadAccountLanguage(chooseLanguage())
// In a transition React works in slices, and keys and pointers are answered in between.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <AccountPages />
    </StrictMode>,
  ),
)
