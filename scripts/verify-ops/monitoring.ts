// Owns the proof that monitoring shows something: Prometheus, with the rules of deploy/, reads a running shop, and no
// panel of a dashboard stays empty. Alone: `node scripts/verify-ops/monitoring.ts`.
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import {
  isAnswering,
  type Owned,
  startProcess,
  temporaryFolder,
  waitFor,
} from '../../bench/lib/processes.ts'
import { freePort } from '../../tests/support/engines/ports.ts'
import { filesOf, isObject, type Json, listAt, textOf } from '../verify-deploy/files.ts'
import { selectors } from '../verify-deploy/metric-names.ts'
import { readRules } from '../verify-deploy/monitoring.ts'
import { program, root } from '../verify-deploy/tools.ts'
import type { Finding } from '../verify-deploy/check.ts'
import { openBusiness } from './business.ts'
import { type Prometheus, startPrometheus } from './prometheus.ts'
import { openStage, type Stage } from './stage.ts'

type Say = (line: string) => void

/** Long enough for the upkeep to come round to emptying the write-ahead log. */
const BUSINESS_S = 40
const START_S = 30

/** What only programs make that don't run here: their names are compared with deploy/prometheus/other-metrics.json. */
const ELSEWHERE: Readonly<Record<string, RegExp>> = {
  mysqld_exporter: /^mysql_/,
  blackbox_exporter: /^probe_/,
  'the timer of the backup': /^petshop_backup_/,
  'a replica of Redis': /^redis_master_link_up$/,
}

/** As one check among others: its first line says how many queries were asked. */
export async function checkMonitoring(): Promise<Finding> {
  const said: string[] = []
  const fine = await verifyMonitoring((line) => void said.push(line))
  const count = Number(/^\d+/.exec(said[0] ?? '')?.[0] ?? 0)
  return { count, of: `queries of dashboards: ${said.at(-1) ?? ''}`, problems: fine ? [] : said }
}

/** Tells what it finds, a line each. @returns whether everything shows something */
async function verifyMonitoring(say: Say): Promise<boolean> {
  const folder = temporaryFolder()
  const started: { stop(): Promise<void> }[] = []
  let stage: Stage | null = null
  try {
    const [redisPort, workerPort] = [await freePort(), await freePort()]
    started.unshift(await startRedis(folder.path, redisPort))
    stage = await openStage({
      REDIS_URL: `redis://127.0.0.1:${redisPort}`,
      PETSHOP_WORKER_PORT: String(workerPort),
    })
    const api = await stage.api()
    await stage.worker()
    const exporters = await startExporters(folder.path, redisPort)
    started.unshift(...exporters.owned)
    const jobs = { petshop: [api.port, workerPort], ...exporters.ports }
    const prometheus = await startPrometheus(folder.path, jobs)
    started.unshift(prometheus)
    const business = openBusiness(api.url, stage.owner, stage.customers)
    await pause(BUSINESS_S * 1000)
    const found = await look(prometheus, say)
    say(`${await business.stop()} requests in ${BUSINESS_S} s`)
    return found
  } catch (error) {
    say(`${error instanceof Error ? error.message : String(error)}\n${stage?.lastWords() ?? ''}`)
    return false
  } finally {
    await stage?.close()
    for (const each of started) await each.stop()
    folder.remove()
  }
}

async function look(prometheus: Prometheus, say: Say): Promise<boolean> {
  const problems = [
    ...(await problemsOfTargets(prometheus)),
    ...(await problemsOfPanels(prometheus, say)),
    ...(await problemsOfRules(prometheus, say)),
  ]
  for (const problem of problems) say(problem)
  return problems.length === 0
}

async function problemsOfTargets(prometheus: Prometheus): Promise<string[]> {
  const targets = await prometheus.targets()
  return targets.filter(({ up }) => !up).map(({ job, error }) => `${job} does not answer: ${error}`)
}

/** Each query of each panel finds something now. */
async function problemsOfPanels(prometheus: Prometheus, say: Say): Promise<string[]> {
  const problems: string[] = []
  let count = 0
  const files = filesOf('deploy/grafana/dashboards/*.json')
  for (const file of files) {
    const board = JSON.parse(textOf(file)) as Json
    for (const panel of listAt(board, 'panels').filter(isObject)) {
      for (const target of listAt(panel, 'targets').filter(isObject)) {
        const query = String(target['expr'])
        count++
        const problem = await problemOf(prometheus, filledIn(query))
        if (problem) problems.push(`${file}: ${String(panel['title'])}: ${problem}: ${query}`)
      }
    }
  }
  say(`${count} queries of ${files.length} dashboards, ${problems.length} find nothing`)
  return count === 0 ? ['no query was asked'] : problems
}

/** What Grafana puts in; its interval is at least four times that of the reading. */
function filledIn(query: string): string {
  return query.replaceAll('$__rate_interval', '15s').replaceAll('$instance', '.*')
}

/** Not a number is drawn as nothing. */
async function problemOf(prometheus: Prometheus, query: string): Promise<string | null> {
  try {
    const values = await prometheus.ask(query)
    return values.some((value) => !Number.isNaN(value)) ? null : 'finds nothing'
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}

/** A recording rule finds something; an alert finds nothing in a healthy shop, but everything it looks at is there. */
async function problemsOfRules(prometheus: Prometheus, say: Say): Promise<string[]> {
  const problems = await prometheus.failedRules()
  const rules = await readRules()
  const notHere = new Map<string, Set<string>>()
  for (const { name, alert, expr } of rules) {
    if (!alert) {
      const problem = await problemOf(prometheus, expr)
      if (problem) problems.push(`${name}: ${problem}`)
    }
    for (const metric of new Set(selectors(expr).map((selector) => selector.name))) {
      const maker = Object.entries(ELSEWHERE).find(([, names]) => names.test(metric))?.[0]
      if (maker) notHere.set(maker, (notHere.get(maker) ?? new Set()).add(metric))
      else if (await problemOf(prometheus, `count(${metric})`))
        problems.push(`${name}: there is no ${metric}`)
    }
  }
  say(`${rules.length} rules evaluated`)
  for (const [maker, names] of notHere)
    say(`not here, only the names compared: ${maker}: ${[...names].join(', ')}`)
  return problems
}

async function startRedis(folder: string, port: number): Promise<Owned> {
  const options = ['--port', String(port), '--bind', '127.0.0.1', '--dir', folder]
  const limits = ['--maxmemory', '100mb', '--maxmemory-policy', 'noeviction']
  const files = ['--appendonly', 'yes', '--save', '']
  const redis = await program('redis-server')
  const logFile = join(folder, 'redis.log')
  const owned = startProcess(redis, [...options, ...limits, ...files], { logFile })
  await waitFor(owned, 'Redis is ready', START_S, async () =>
    owned.log().includes('Ready to accept connections'),
  )
  return owned
}

async function startExporters(
  folder: string,
  redisPort: number,
): Promise<{ owned: Owned[]; ports: Record<'node' | 'redis', number[]> }> {
  const [node, redis] = [await freePort(), await freePort()]
  const owned = [
    await startExporter(folder, 'prometheus-node-exporter', node, ['--collector.timex']),
    await startExporter(folder, 'prometheus-redis-exporter', redis, [
      `--redis.addr=redis://127.0.0.1:${redisPort}`,
    ]),
  ]
  return { owned, ports: { node: [node], redis: [redis] } }
}

async function startExporter(
  folder: string,
  name: 'prometheus-node-exporter' | 'prometheus-redis-exporter',
  port: number,
  args: readonly string[],
): Promise<Owned> {
  const address = `--web.listen-address=127.0.0.1:${port}`
  const logFile = join(folder, `${name}.log`)
  const owned = startProcess(await program(name), [address, ...args], { logFile })
  await waitFor(owned, `${name} answers`, START_S, () =>
    isAnswering(`http://127.0.0.1:${port}/metrics`),
  )
  return owned
}

if (process.argv[1] === join(root, 'scripts/verify-ops/monitoring.ts')) {
  const well = await verifyMonitoring((line) => console.log(line))
  console.log(well ? 'nothing is empty' : 'something is wrong')
  process.exit(well ? 0 : 1)
}
