// `npm run dev`: the demo shop restarted at every change, and the pages reloaded at every change.
import { start, stopAll } from './processes.ts'

const shop = start(process.execPath, ['--watch', 'src/main.js', 'demo'], { show: true })
const pages = start(process.execPath, ['node_modules/vite/bin/vite.js', 'web'], { show: true })

// One without the other is of no use.
for (const child of [shop, pages]) {
  child.once('exit', (code) => {
    process.exitCode ??= code ?? 1
    void stopAll()
  })
}
