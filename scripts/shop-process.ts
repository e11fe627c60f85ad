// Owns the real program as our scripts start it: started in a folder of its own, and what it printed.
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { start } from './processes.ts'

export interface ShopProcess {
  readonly port: number
  readonly child: ChildProcess
  /** False once it has ended, for whatever reason. */
  isAlive(): boolean
  /** Everything it printed on its second stream. */
  errors(): string
  stop(): Promise<number | null>
  /** At once, with whatever watches it. */
  kill(): Promise<void>
}

const MAIN = new URL('../src/main.js', import.meta.url).pathname

export interface ShopStart {
  /** What watches it, as in `['strace', '-f']`. */
  readonly through?: readonly string[]
  readonly node?: readonly string[]
  readonly env?: NodeJS.ProcessEnv
}

export async function startShop(dataDir: string, given: ShopStart = {}): Promise<ShopProcess> {
  const { through = [], node = [] } = given
  const env = {
    ...withoutSettings(),
    PETSHOP_DATA_DIR: dataDir,
    PETSHOP_HOST: '127.0.0.1',
    PETSHOP_PORT: '0',
    ...given.env,
  }
  const [command = '', ...args] = [...through, process.execPath, ...node, MAIN, 'serve']
  const child = start(command, args, { env })
  let [output, errors, ended] = ['', '', false]
  const closed = once(child, 'close') as Promise<[number | null]>
  child.once('exit', () => (ended = true))
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors += text))
  const port = await new Promise<number>((resolve, reject) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const found = /Petshop is open: \S+?:(\d+)/.exec(output)?.[1]
      if (found) resolve(Number(found))
    })
    child.once('exit', (code) => reject(new Error(`it didn't start (${code}): ${output}${errors}`)))
  })
  return {
    port,
    child,
    isAlive: () => !ended,
    errors: () => errors,
    async stop() {
      child.kill('SIGTERM')
      return (await closed)[0]
    },
    async kill() {
      if (child.pid !== undefined && !ended) process.kill(-child.pid, 'SIGKILL')
      await closed
    },
  }
}

/** The settings of a shop on this machine must not reach it. */
function withoutSettings(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(([name]) => !/^(PETSHOP_|OTEL_|NODE_OPTIONS$)/.test(name)),
  )
}
