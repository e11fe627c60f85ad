// Owns cutting the power: at many moments of a recording the disk is made as it may have been, and the shop opened.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { openCore } from '../../src/app.ts'
import { createRandom } from '../../src/demo/random.ts'
import { readConfig } from '../../src/platform/config.ts'
import { runCheck } from '../../src/platform/doctor.ts'
import { createLog } from '../../src/platform/logging.ts'
import { createDisk, type Disk } from './disk.ts'
import type { Recording } from './record.ts'
import { readTrace, type Step } from './trace.ts'

export interface CutResult {
  readonly cuts: number
  /** Orders whose success had been told, over all cuts. */
  readonly acknowledged: number
  /** Cuts at which something that was written wasn't synced yet. */
  readonly unsynced: number
  /** In words: acknowledged orders that are gone, and what the shop's own checks say. */
  readonly lost: readonly string[]
  readonly wrong: readonly string[]
}

export interface ReplayOptions {
  readonly folder: string
  readonly cuts: number
  readonly seed: number
}

export async function cutPower(recording: Recording, options: ReplayOptions): Promise<CutResult> {
  const { database, before } = recording
  const random = createRandom(options.seed)
  const moments = await chooseMoments(recording, options)
  const disk = createDisk(new Map([[database, readFileSync(before)]]))
  const told = new Map<number, number>()
  const [lost, wrong]: [string[], string[]] = [[], []]
  let [number, cuts, acknowledged, unsynced] = [0, 0, 0, 0]
  for await (const step of stepsOf(recording)) {
    disk.take(step, number)
    for (const { order_id, total_cents } of answersIn(step)) told.set(order_id, total_cents)
    for (let times = moments.get(number) ?? 0; times > 0; times--) {
      const found = await openAfterCut(disk, random, { ...options, told })
      lost.push(...found.lost.map((what) => `cut ${cuts} after step ${number}: ${what}`))
      wrong.push(...found.wrong.map((what) => `cut ${cuts} after step ${number}: ${what}`))
      cuts++
      acknowledged += told.size
      unsynced += found.unsynced ? 1 : 0
    }
    number++
  }
  return { cuts, acknowledged, unsynced, lost, wrong }
}

/** The other files aren't the shop's memory: the index of the log is made anew. */
async function* stepsOf({ trace, database }: Recording): AsyncGenerator<Step> {
  for await (const step of readTrace(trace)) {
    if (step.kind === 'answer' || [database, `${database}-wal`].includes(step.file)) yield step
    // Its place is kept: syncs count by it.
    else yield { kind: 'answer', text: '' }
  }
}

/** Half of them right after somebody was told of an order: then it must be safe. */
async function chooseMoments(
  recording: Recording,
  { cuts, seed }: ReplayOptions,
): Promise<Map<number, number>> {
  const answers: number[] = []
  let [number, first] = [0, -1]
  for await (const step of stepsOf(recording)) {
    if (first < 0 && step.kind !== 'answer') first = number
    if (answersIn(step).length > 0) answers.push(number)
    number++
  }
  if (answers.length === 0) throw new Error('the recording tells of no order')
  const random = createRandom(seed + 1)
  const moments = new Map<number, number>()
  for (let i = 0; i < cuts; i++) {
    const at = i % 2 === 0 ? random.pick(answers) : random.int(first, number - 1)
    moments.set(at, (moments.get(at) ?? 0) + 1)
  }
  return moments
}

function answersIn(step: Step): { order_id: number; total_cents: number }[] {
  if (step.kind !== 'answer') return []
  const found = step.text.matchAll(/"order_id":(\d+)[^}]*"total_cents":(\d+)/g)
  return [...found].map(([, id, total]) => ({ order_id: Number(id), total_cents: Number(total) }))
}

interface Opening extends ReplayOptions {
  readonly told: ReadonlyMap<number, number>
}

async function openAfterCut(
  disk: Disk,
  random: ReturnType<typeof createRandom>,
  { folder, told }: Opening,
): Promise<{ lost: string[]; wrong: string[]; unsynced: boolean }> {
  const dataDir = join(folder, 'cut')
  mkdirSync(dataDir, { recursive: true })
  const { images, unsynced } = disk.afterCut(random)
  for (const [file, image] of images) writeFileSync(join(dataDir, basename(file)), image)
  try {
    const config = readConfig({ PETSHOP_DATA_DIR: dataDir })
    const app = await openCore({ config, log: createLog('silent') })
    const { db } = app.core.store
    const rows = await db.selectFrom('orders').select(['order_id', 'total_cents']).execute()
    const there = new Map(rows.map((row) => [row.order_id, row.total_cents]))
    const wrong: string[] = []
    for (const check of app.modules.flatMap((module) => module.checks)) {
      const { findings } = await runCheck(check, db, app.core.clock.now())
      wrong.push(...findings.map(({ message }) => `${check.name}: ${message}`))
    }
    await app.close()
    const lost = [...told].filter(([id, total]) => there.get(id) !== total)
    return { lost: lost.map(([id]) => `order ${id} was acknowledged and is gone`), wrong, unsynced }
  } catch (error) {
    return { lost: [], wrong: [`it doesn't open: ${(error as Error).message}`], unsynced }
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
}
