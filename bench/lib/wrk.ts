// Owns running wrk: one thread, our scripts, and its numbers as a sample.
import { join } from 'node:path'
import { ensureInstalled, programPath } from '../../tests/support/engines/install.ts'
import { answersByStatus, type Metrics } from './metrics.ts'
import {
  cpuSeconds,
  machineBusySeconds,
  ownCpuSeconds,
  peakMib,
  resetPeak,
} from './process-state.ts'
import { runProcess } from './processes.ts'
import type { Load, Sample, Target } from './scenario.ts'

/** What bench/wrk/common.lua prints at the end. */
export interface WrkReport {
  readonly requests: number
  readonly seconds: number
  readonly p50_ms: number
  readonly p95_ms: number
  readonly p99_ms: number
  readonly max_ms: number
  /** Answers with a status above 399. */
  readonly non2xx: number
  /** Connections that broke, were not made, or got no answer in time. */
  readonly broken: number
}

const SCRIPTS = join(import.meta.dirname, '../wrk')
/** A request without an answer for so long counts as broken. */
const TIMEOUT_SECONDS = 5
const GRACE_SECONDS = 30

/** @throws when wrk is missing and can't be installed */
export async function needWrk(): Promise<void> {
  const missing = await ensureInstalled(['wrk'])
  if (missing !== undefined) throw new Error(missing)
}

/** Loads the target, with its CPU and memory meanwhile. */
export async function drive(target: Target, load: Load): Promise<Sample> {
  const before = await target.metrics?.()
  resetPeak(target.pid)
  const meter = startMeter(target.pid)
  const report = parseWrk(await runWrk(target.url, load))
  const used = meter()
  const after = await target.metrics?.()
  return { ...toSample(report, refusedBetween(before, after)), ...used }
}

function startMeter(pid: number) {
  const [begin, cpu, busy, own] = [
    performance.now(),
    cpuSeconds(pid),
    machineBusySeconds(),
    ownCpuSeconds(),
  ]
  return (): Pick<Sample, 'cpu_s' | 'peak_mib' | 'others_cpu'> => {
    const cpu_s = cpuSeconds(pid) - cpu
    const ours = cpu_s + ownCpuSeconds() - own
    const others = machineBusySeconds() - busy - ours
    const others_cpu = Math.max(0, others) / ((performance.now() - begin) / 1000)
    return { cpu_s, peak_mib: peakMib(pid), others_cpu }
  }
}

function runWrk(url: string, { script, connections, seconds, args = {} }: Load): Promise<string> {
  const pairs = Object.entries(args).map(([name, value]) => `${name}=${value}`)
  const options = [
    '--threads=1',
    `--connections=${connections}`,
    `--duration=${seconds}s`,
    `--timeout=${TIMEOUT_SECONDS}s`,
    `--script=${join(SCRIPTS, `${script}.lua`)}`,
  ]
  return runProcess(programPath('wrk'), [...options, url, '--', ...pairs], {
    env: { WRK_SCRIPTS: SCRIPTS },
    seconds: seconds + GRACE_SECONDS,
  })
}

/** @throws with wrk's words when its report isn't there */
export function parseWrk(output: string): WrkReport {
  const json = /^WRK (\{.*\})$/m.exec(output)?.[1]
  if (json === undefined) throw new Error(`wrk told nothing:\n${output.slice(-2000)}`)
  return JSON.parse(json) as WrkReport
}

/** @param refused how many of those above 399 were 429 or 503 */
export function toSample(report: WrkReport, refused: number): Sample {
  const { requests, seconds, non2xx, broken, ...latencies } = report
  const count = Math.max(0, requests - non2xx)
  return {
    count,
    seconds,
    rate: seconds > 0 ? count / seconds : 0,
    ...latencies,
    refused: Math.min(refused, non2xx),
    failed: Math.max(0, non2xx - refused) + broken,
  }
}

/** wrk tells only how many failed; the shop counts them by status. */
function refusedBetween(before: Metrics | undefined, after: Metrics | undefined): number {
  if (!before || !after) return 0
  const [earlier, later] = [answersByStatus(before), answersByStatus(after)]
  return [429, 503].reduce(
    (sum, code) => sum + (later.get(code) ?? 0) - (earlier.get(code) ?? 0),
    0,
  )
}
