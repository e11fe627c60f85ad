// Owns the start of the page: the language first, then everything else.
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App, preload } from './app.tsx'
import { startI18n } from './lib/i18n.ts'
import { registerWorker, reloadWhenOutdated } from './lib/installed.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

reloadWhenOutdated()
registerWorker()
await startI18n(preload(location.pathname))
const page = createRoot(root)
// In small steps: a slow phone answers to the finger meanwhile.
startTransition(() =>
  page.render(
    <StrictMode>
      <App />
    </StrictMode>,
  ),
)
