// `npm run fuzz -- --requests N --seed S`: strange requests made of the API's own description, to the real program.
// `npm run fuzz -- --parsers N --seed S`: strange inputs to everything that reads text. Ends with 1 on a defect.
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openCore } from '../src/app.ts'
import { readConfig } from '../src/platform/config.ts'
import { runCheck } from '../src/platform/doctor.ts'
import { createLog } from '../src/platform/logging.ts'
import { type FuzzResult, fuzzApi } from './fuzz/api.ts'
import { readDescription } from './fuzz/document.ts'
import { fuzzParsers } from './fuzz/parsers.ts'
import { fillShelves, hirePeople, knownIds } from './fuzz/people.ts'
import { startShop } from './shop-process.ts'

const CONNECTIONS = 8

const { values } = parseArgs({
  options: {
    requests: { type: 'string' },
    parsers: { type: 'string' },
    seed: { type: 'string' },
  },
})
const seed = Number(values.seed ?? randomInt(1, 2 ** 31))
const parsers = Number(values.parsers ?? 0)
const requests = Number(values.requests ?? (parsers > 0 ? 0 : 10_000))
if (![seed, parsers, requests].every((n) => Number.isSafeInteger(n) && n >= 0)) {
  console.error('--requests, --parsers and --seed are whole numbers')
  process.exit(64)
}

let isSound = true
if (parsers > 0) isSound = (await runParsers(parsers)) && isSound
if (requests > 0) isSound = (await runRequests(requests)) && isSound
process.exitCode = isSound ? 0 : 1

async function runParsers(inputs: number): Promise<boolean> {
  const started = performance.now()
  const { sent, perParser, defects } = await fuzzParsers({
    inputs,
    seed,
    onProgress: progress('inputs'),
  })
  for (const { parser, input, complaint } of defects)
    console.log(`✗ ${parser}: ${complaint}\n    ${input}`)
  for (const [parser, count] of perParser) console.log(`  ${parser}: ${count}`)
  console.log(`${sent} inputs in ${seconds(started)} s, seed ${seed}: ${defects.length} defects`)
  return defects.length === 0
}

async function runRequests(count: number): Promise<boolean> {
  const dataDir = mkdtempSync(join(tmpdir(), 'petshop-fuzz-'))
  const started = performance.now()
  try {
    const config = readConfig({ PETSHOP_DATA_DIR: dataDir })
    const app = await openCore({ config, log: createLog('silent') })
    await fillShelves(app)
    await hirePeople(app, 'owner')
    const shop = await startShop(dataDir, { env: { PETSHOP_LOG_LEVEL: 'error' } })
    const address = `http://127.0.0.1:${shop.port}/api/openapi.json`
    const result = await fuzzApi({
      port: shop.port,
      description: readDescription(await (await fetch(address)).text()),
      requests: count,
      seed,
      connections: CONNECTIONS,
      hire: (role) => hirePeople(app, role),
      known: () => knownIds(app),
      onProgress: progress('requests'),
    })
    const wrong = await afterwards(shop, app)
    await app.close()
    report(result, wrong, started)
    return result.defects.length === 0 && wrong.length === 0
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}

/** Whether the program is alive and the books are right. */
async function afterwards(
  shop: Awaited<ReturnType<typeof startShop>>,
  app: Awaited<ReturnType<typeof openCore>>,
): Promise<string[]> {
  const wrong: string[] = []
  if (!shop.isAlive()) wrong.push('the program has ended by itself')
  const health = await fetch(`http://127.0.0.1:${shop.port}/healthz`).catch(() => null)
  if (health?.status !== 200) wrong.push('the program is not well')
  const code = await shop.stop()
  if (code !== 0) wrong.push(`the program ended with ${code}`)
  if (shop.errors() !== '') wrong.push(`it complained: ${shop.errors().slice(0, 2000)}`)
  for (const check of app.modules.flatMap((module) => module.checks)) {
    const { findings } = await runCheck(check, app.core.store.db, app.core.clock.now())
    wrong.push(...findings.map(({ message }) => `${check.name}: ${message}`))
  }
  return wrong
}

function report(result: FuzzResult, wrong: readonly string[], started: number): void {
  for (const { number, request, complaint } of result.defects) {
    console.log(`✗ request ${number}: ${complaint}\n${request}\n`)
  }
  for (const line of wrong) console.log(`✗ ${line}`)
  const statuses = [...result.statuses].toSorted(([a], [b]) => String(a).localeCompare(String(b)))
  console.log(statuses.map(([status, count]) => `${status}: ${count}`).join(', '))
  const defects = result.defects.length + wrong.length
  console.log(`${result.sent} requests in ${seconds(started)} s, seed ${seed}: ${defects} defects`)
}

function seconds(started: number): number {
  return Math.round((performance.now() - started) / 1000)
}

function progress(what: string): (done: number) => void {
  return (done) => {
    if (process.stderr.isTTY) process.stderr.write(`\r${done} ${what}`)
  }
}
