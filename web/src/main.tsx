import { StrictMode, startTransition } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './app.tsx'
import { startData } from './data/client.ts'
import { loadLanguage } from './strings/text.ts'
import './ui/base.css'

const root = document.querySelector('#root')
if (!root) throw new Error('the page has no #root')
startData()
await loadLanguage('en')
// In a transition React works in slices, and keys and pointers are answered in between.
startTransition(() =>
  createRoot(root).render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
