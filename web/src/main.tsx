// Owns the start of the page: the language first, then everything else.
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App, preload } from './app.tsx'
import { startI18n } from './lib/i18n.ts'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

await startI18n(preload(location.pathname))
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
