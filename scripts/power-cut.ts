// `npm run power-cut -- --cuts N --seed S`: records a shop at work (strace), cuts its power N times, opens what is left.
// Ends with 1 when an acknowledged order is gone, or when SQLite without its syncs (the control) loses none.
import { spawnSync } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { recordShop } from './power-cut/record.ts'
import { type CutResult, cutPower } from './power-cut/replay.ts'

const { values } = parseArgs({
  options: { cuts: { type: 'string' }, seed: { type: 'string' }, orders: { type: 'string' } },
})
const [cuts, seed, orders] = [
  Number(values.cuts ?? 200),
  Number(values.seed ?? randomInt(1, 2 ** 31)),
  Number(values.orders ?? 1500),
]
if (![cuts, seed, orders].every((n) => Number.isSafeInteger(n) && n > 0)) {
  console.error('--cuts, --seed and --orders are whole numbers')
  process.exit(64)
}
if (spawnSync('strace', ['-V']).status !== 0) {
  console.error('It needs strace: apt-get install strace')
  process.exit(69)
}

const full = await run('full')
console.log(`synchronous=FULL: ${inWords(full)}`)
for (const line of [...full.lost, ...full.wrong].slice(0, 50)) console.log(`✗ ${line}`)
const control = await run('normal')
console.log(`synchronous=NORMAL, the control: ${inWords(control)}`)
const isSound = full.lost.length + full.wrong.length === 0 && control.lost.length > 0
console.log(`seed ${seed}: ${isSound ? 'kept' : 'broken'}`)
process.exitCode = isSound ? 0 : 1

async function run(synchronous: 'full' | 'normal'): Promise<CutResult> {
  const folder = mkdtempSync(join(tmpdir(), 'petshop-power-'))
  try {
    const recording = await recordShop({ folder, orders, seed, synchronous })
    return await cutPower(recording, { folder, cuts, seed })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

function inWords({ cuts, acknowledged, unsynced, lost, wrong }: CutResult): string {
  const told = `${acknowledged} acknowledged orders looked for`
  return `${cuts} cuts (${unsynced} with unsynced writes), ${told}, ${lost.length} lost, ${wrong.length} findings`
}
