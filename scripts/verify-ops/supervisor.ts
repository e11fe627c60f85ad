// Owns the check that Supervisor, with our file, brings back what is killed, and leaves alone what only a person can
// mend.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { type Owned, startProcess, temporaryFolder } from '../../bench/lib/processes.ts'
import { isAlive } from '../../tests/support/engines/processes.ts'
import { freePort, isFree } from '../../tests/support/engines/ports.ts'
import type { Finding } from '../verify-deploy/check.ts'
import { textOf, write } from '../verify-deploy/files.ts'
import { must, program, root, versionOf } from '../verify-deploy/tools.ts'
import { isReady, until } from './stage.ts'

/** What is promised on a quiet machine; one that has a lot else to do is given more time before it counts as wrong. */
const PROMISED_MS = 2000
const MOST_MS = 10_000
const START_SECONDS = 60
const ROUNDS = 3
/** Longer than Supervisor takes to notice an end and to start anew. */
const LEFT_ALONE_MS = 4000

interface Supervised {
  readonly urls: readonly string[]
  readonly pidOf: (name: string) => Promise<number>
  /** RUNNING, EXITED, … */
  readonly stateOf: (name: string) => Promise<string>
  readonly logOf: (name: string) => string
  readonly setting: (line: string) => void
  close(): Promise<void>
}

const NAMES = ['petshop-api-8080', 'petshop-api-8081', 'petshop-worker']

export async function checkSupervised(): Promise<Finding> {
  const by = `supervisor ${await versionOf(await program('supervisord'), '--version')}`
  const shop = await startSupervisor()
  try {
    const times: number[] = []
    for (let round = 0; round < ROUNDS; round++)
      for (const name of NAMES) times.push(await killAndWait(shop, name))
    const worst = Math.max(...times)
    const within = times.filter((ms) => ms < PROMISED_MS).length
    const problems = worst > MOST_MS ? [`ready again only after ${worst.toFixed(0)} ms`] : []
    problems.push(...(await leavesAlone(shop)))
    const median = times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
    const of =
      `processes killed with -9: ready again after ${median.toFixed(0)} ms, ${worst.toFixed(0)} ms at most, ` +
      `${within} within ${PROMISED_MS / 1000} s; exit code 78 is left alone`
    return { count: times.length, of, by, problems }
  } finally {
    await shop.close()
  }
}

/** @returns the milliseconds until another process does its work */
async function killAndWait(shop: Supervised, name: string): Promise<number> {
  const pid = await shop.pidOf(name)
  const said = shop.logOf(name).length
  const url = shop.urls[NAMES.indexOf(name)]
  process.kill(pid, 'SIGKILL')
  const isBack = () =>
    url === undefined
      ? shop.logOf(name).slice(said).includes('The worker is running.')
      : !isAlive(pid) && isReady(url)
  return until(`${name} is ready again`, isBack, START_SECONDS)
}

/** A mistake in the configuration: started again, it would only say the same. */
async function leavesAlone(shop: Supervised): Promise<string[]> {
  const name = NAMES[0] ?? ''
  shop.setting('PETSHOP_DATABASE_POOL=many')
  process.kill(await shop.pidOf(name), 'SIGKILL')
  await until(`${name} complains`, () => shop.logOf(name).includes('PETSHOP_DATABASE_POOL'), 20)
  await sleep(LEFT_ALONE_MS)
  const complaints = shop.logOf(name).match(/PETSHOP_DATABASE_POOL/g)?.length ?? 0
  const state = await shop.stateOf(name)
  if (complaints === 1 && state === 'EXITED') return []
  return [`after exit code 78 it was started ${complaints} times, and is ${state}`]
}

async function startSupervisor(): Promise<Supervised> {
  const home = temporaryFolder()
  const folder = home.path
  const firstPort = await twoPorts()
  for (const name of ['log', 'data', 'shop']) mkdirSync(join(folder, name))
  const settings = join(folder, 'shop/.env')
  writeFileSync(settings, `PETSHOP_DATA_DIR=${folder}/data\n`)
  const conf = write(folder, 'supervisord.conf', supervisorConf(folder, firstPort))
  const owned = startProcess(await program('supervisord'), ['-n', '-c', conf], {
    cwd: folder,
    logFile: join(folder, 'supervisord.log'),
  })
  const ask = (...args: string[]) => must('/usr/bin/supervisorctl', ['-c', conf, ...args])
  const urls = [0, 1].map((n) => `http://127.0.0.1:${firstPort + n}`)
  const logOf = (name: string) => readFileSync(join(folder, 'log', `${name}.log`), 'utf8')
  const shop: Supervised = {
    urls,
    pidOf: async (name) => Number(await ask('pid', `petshop:${name}`)),
    stateOf: async (name) => {
      // It ends with 3 when somebody doesn't run.
      const said = await ask('status', `petshop:${name}`).catch((error: Error) => error.message)
      return / (RUNNING|STARTING|BACKOFF|EXITED|FATAL|STOPPED) /.exec(said)?.[1] ?? said
    },
    logOf,
    setting: (line) => writeFileSync(settings, `${line}\n`, { flag: 'a' }),
    close: () => close(owned),
  }
  async function close(daemon: Owned) {
    await daemon.stop()
    home.remove()
  }
  await untilAllRun(shop).catch(async (error: Error) => {
    const words = `${error.message}\n${owned.log()}`
    await shop.close()
    throw new Error(words, { cause: error })
  })
  return shop
}

/** The first of two free ones that differ in the last digit, 0 and 1. */
async function twoPorts(): Promise<number> {
  for (;;) {
    const first = Math.floor((await freePort()) / 10) * 10
    if ((await isFree(first)) && (await isFree(first + 1))) return first
  }
}

async function untilAllRun({ urls, logOf }: Supervised): Promise<void> {
  for (const url of urls) await until('it is ready', () => isReady(url), START_SECONDS)
  const works = () => logOf('petshop-worker').includes('The worker is running.')
  await until('the worker runs', works, START_SECONDS)
}

/** What Debian's supervisord.conf says, and our file with a host's paths, user and ports put in. */
function supervisorConf(folder: string, firstPort: number): string {
  const ours = textOf('deploy/supervisor/petshop.conf')
    .replaceAll('/srv/petshop/node_modules/.bin/node', process.execPath)
    .replaceAll('/srv/petshop/deploy/', `${join(root, 'deploy')}/`)
    .replaceAll(' src/main.js', ` ${join(root, 'src/main.js')}`)
    .replaceAll('directory=/srv/petshop', `directory=${folder}/shop`)
    .replaceAll('/var/log/petshop', `${folder}/log`)
    .replaceAll(/^user=petshop$/gm, '')
    // The processes keep their names: the ports alone are others.
    .replaceAll('PETSHOP_PORT="808%', `PETSHOP_PORT="${firstPort / 10}%`)
  return `[unix_http_server]
file=${folder}/socket
[supervisord]
logfile=${folder}/main.log
pidfile=${folder}/pid
[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
[supervisorctl]
serverurl=unix://${folder}/socket
${ours}`
}
