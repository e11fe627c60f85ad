// Measures whether known names can be told from unknown ones by how long the shop takes to answer: at the log-in and
// at the request for a new password. Prints one line each; exits 1 when a difference shows, or when the control, a
// difference made on purpose, does not.
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { Agent, request } from 'node:http'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCore } from '../../src/app.ts'
import { readConfig } from '../../src/platform/config.ts'
import { createLog } from '../../src/platform/logging.ts'
import { aucOf } from './auc.ts'

/** As promised: between 0.48 and 0.52. */
const MOST = 0.02
const KNOWN = 50
const WARM_UP = 50
/** Of each kind: a difference of half the work shows in few. */
const CONTROL = 150
const FORMS = {
  login: {
    path: '/api/login',
    body: (username: string) => ({ username, password: 'not it at all' }),
  },
  reset: { path: '/api/password-reset', body: (username: string) => ({ username }) },
}
type Form = (typeof FORMS)[keyof typeof FORMS]

const { values } = parseArgs({
  options: { samples: { type: 'string', default: '2000' }, only: { type: 'string' } },
})
const samples = Number(values.samples)
if (!Number.isInteger(samples) || samples < 1) throw new Error('--samples: a whole number')
const chosen = (['login', 'reset'] as const).filter((name) => (values.only ?? name) === name)
if (chosen.length === 0) throw new Error('--only: login or reset')

const folder = await mkdtemp(join(tmpdir(), 'petshop-timing-'))
const sink = createServer((socket) => socket.destroy()).listen(0, '127.0.0.1')
await once(sink, 'listening')
const env = {
  PETSHOP_DATA_DIR: folder,
  PETSHOP_PORT: '0',
  PETSHOP_WORKER_PORT: 'off',
  // Each request comes from another address: guesses are slowed down per address.
  PETSHOP_TRUST_PROXY: 'loopback',
  PETSHOP_SMTP_HOST: '127.0.0.1',
  PETSHOP_SMTP_PORT: String((sink.address() as { port: number }).port),
  PETSHOP_SMTP_FROM: 'shop@example.com',
  PETSHOP_PUBLIC_URL: 'https://shop.example.com',
}
const agent = new Agent({ keepAlive: true, maxSockets: 1 })
let server: ChildProcess | null = null
try {
  await makeAccounts()
  const started = await startServer()
  server = started.child
  const known = (i: number) => `known-${i % KNOWN}`
  const cheap = (i: number) => `cheap-${i % KNOWN}`
  const unknown = (i: number) => `nobody-${i % KNOWN}`
  const fine: boolean[] = []
  for (const name of chosen) {
    fine.push(await compare(started.url, name, FORMS[name], unknown, known, samples))
  }
  // Half the work for these accounts: whoever can't see that sees nothing.
  const seen = await compare(started.url, 'control', FORMS.login, unknown, cheap, CONTROL)
  if (fine.includes(false) || seen) process.exitCode = 1
} finally {
  agent.destroy()
  if (server) {
    server.kill('SIGTERM')
    await once(server, 'exit')
  }
  sink.close()
  await rm(folder, { recursive: true, force: true })
}

async function makeAccounts(): Promise<void> {
  const app = await openCore({ config: readConfig(env), log: createLog('silent') })
  const now = Date.now()
  const people = (prefix: string, password: string | null) =>
    Array.from({ length: KNOWN }, (_, i) => ({
      username: `${prefix}-${i}`,
      email: `${prefix}-${i}@example.com`,
      password,
      role: 'customer' as const,
    }))
  await app.users.createUsersBulk(people('known', 'a long enough password'), now)
  const ids = await app.users.createUsersBulk(people('cheap', null), now)
  const [salt, tag] = ['A'.repeat(22), 'A'.repeat(43)]
  await app.core.store.db
    .updateTable('users')
    .set({ password: `$argon2id$v=19$m=19456,t=1,p=1$${salt}$${tag}` })
    .where('user_id', 'in', ids)
    .execute()
  await app.close()
}

async function startServer(): Promise<{ url: string; child: ChildProcess }> {
  const main = join(import.meta.dirname, '../../src/main.js')
  const child = spawn(process.execPath, [main, 'serve'], {
    env: { PATH: process.env['PATH'], PETSHOP_LOG_LEVEL: 'silent', ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let output = ''
  for await (const chunk of child.stdout.setEncoding('utf8')) {
    output += String(chunk)
    const url = /Petshop is open: (\S+)/.exec(output)?.[1]
    if (url) return { url: url.replace('localhost', '127.0.0.1'), child }
  }
  throw new Error(`the shop didn't start: ${output}`)
}

type Names = (i: number) => string

/** @returns whether the two kinds of names look alike */
async function compare(
  url: string,
  what: string,
  form: Form,
  unknown: Names,
  known: Names,
  count: number,
): Promise<boolean> {
  const times = { unknown: [] as number[], known: [] as number[] }
  const answers = { unknown: new Set<string>(), known: new Set<string>() }
  for (let i = -WARM_UP; times.unknown.length < count || times.known.length < count; i++) {
    // In no order: what one request leaves to be done in the background falls on either kind alike.
    const kind = Math.random() < 0.5 ? 'unknown' : 'known'
    const names = kind === 'unknown' ? unknown : known
    const { ms, answer } = await ask(url, form, names(Math.floor(Math.random() * KNOWN)))
    if (i < 0) continue
    times[kind].push(ms)
    answers[kind].add(answer)
  }
  const { auc, margin } = aucOf(times.unknown, times.known)
  const sameBytes = [...answers.unknown].join() === [...answers.known].join()
  const alike = Math.abs(auc - 0.5) <= MOST && sameBytes
  const counts = `${times.unknown.length} + ${times.known.length} requests`
  const bytes = sameBytes ? 'same answers' : 'DIFFERENT ANSWERS'
  console.log(
    `${what.padEnd(14)} AUC ${auc.toFixed(4)} (chance: 0.5 ± ${margin.toFixed(4)}) ${bytes}, ${counts}`,
  )
  return alike
}

/** The answer without the request's own number. */
function ask(url: string, form: Form, name: string): Promise<{ ms: number; answer: string }> {
  const body = JSON.stringify(form.body(name))
  const part = () => Math.floor(Math.random() * 256)
  const headers = {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(body),
    'x-forwarded-for': `10.${part()}.${part()}.${part()}`,
  }
  return new Promise((resolve, reject) => {
    const began = performance.now()
    const sent = request(url + form.path, { method: 'POST', agent, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (chunk: string) => (text += chunk))
      response.on('end', () => {
        const ms = performance.now() - began
        const answer = text.replace(/"request_id":"[^"]*"/, '')
        resolve({ ms, answer: `${response.statusCode} ${answer}` })
      })
    })
    sent.on('error', reject)
    sent.end(body)
  })
}
