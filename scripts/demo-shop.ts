// Owns a demo shop for scripts that look at its pages: on a free port, with data of its own, gone when they end.
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { start, stopAll } from './processes.ts'

export interface DemoShop {
  readonly url: string
  readonly password: string
  close(): Promise<void>
}

const password = 'for-the-pictures'

/** @param command `demo` has data; `serve` is a shop that nobody set up yet */
export async function openDemoShop(command: 'demo' | 'serve' = 'demo'): Promise<DemoShop> {
  const dataDir = mkdtempSync(join(tmpdir(), 'petshop-pictures-'))
  const child = start(process.execPath, ['src/main.js', command], {
    env: {
      ...process.env,
      PETSHOP_PORT: '0',
      PETSHOP_DATA_DIR: dataDir,
      PETSHOP_DEMO_PASSWORD: password,
    },
  })
  let output = ''
  child.stderr?.on('data', (text: Buffer) => (output += text.toString()))
  for (;;) {
    const [text] = (await Promise.race([
      once(child.stdout ?? child, 'data'),
      once(child, 'exit').then(() => Promise.reject(new Error(output))),
    ])) as [Buffer]
    output += text.toString()
    const url = /Petshop is open: (\S+)/.exec(output)?.[1]
    if (url) return { url, password, close }
  }

  async function close(): Promise<void> {
    await stopAll()
    rmSync(dataDir, { recursive: true, force: true })
  }
}
