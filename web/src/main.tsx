// Owns the start of the page: the language first, then everything else.
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'

import { App, preload } from './app.tsx'
import { startI18n } from './lib/i18n.ts'
import { registerWorker, reloadWhenOutdated } from './lib/installed.ts'
import { Button } from './ui/button.tsx'
import { EmptyState } from './ui/states.tsx'
import './ui/base.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no element #root')

reloadWhenOutdated()
registerWorker()
const hasTexts = await startI18n(preload(location.pathname)).then(
  () => true,
  () => false,
)
const page = createRoot(root)
// In small steps: a slow phone answers to the finger meanwhile.
startTransition(() => page.render(<StrictMode>{hasTexts ? <App /> : <NotLoaded />}</StrictMode>))

/** In both languages, for the texts are what is missing. */
function NotLoaded() {
  return (
    <EmptyState whole icon="alert" title="页面没有加载完整 · The page could not be loaded">
      <Button tone="primary" onClick={() => location.reload()}>
        重新加载 · Reload
      </Button>
    </EmptyState>
  )
}
