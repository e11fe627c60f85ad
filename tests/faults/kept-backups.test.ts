// Shows backups by timers: proved, restored for a try, sent to the bucket, forgotten by rule; and the shop of a moment.
import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { beforeEach, describe, expect, test } from 'vitest'
import { backupName } from '../../src/platform/backup/names.ts'
import { findingsOf } from '../support/doctor.ts'
import { makeStage } from '../support/load.ts'
import { type S3Server, startS3 } from '../support/s3-server.ts'
import { petshop } from '../support/server.ts'
import { tempDir } from '../support/temp-dir.ts'

const DAY_MS = 86_400_000
const TIMEOUT = 60_000

let dataDir: string
let folder: string
let s3: S3Server
beforeEach(async () => {
  const stage = await makeStage(tempDir(), { buyers: 1, onHand: [10] })
  ;({ dataDir } = stage)
  folder = join(tempDir(), 'backups')
  s3 = await startS3()
})

const run = (args: string[], env: Record<string, string> = {}) =>
  petshop(args, { PETSHOP_DATA_DIR: dataDir, PETSHOP_BACKUP_DIR: folder, TZ: 'UTC', ...env })
const toBucket = () => ({
  PETSHOP_BACKUP_S3_URL: s3.url,
  PETSHOP_BACKUP_S3_KEY: s3.key,
  PETSHOP_BACKUP_S3_SECRET: s3.secret,
  PETSHOP_BACKUP_S3_REGION: s3.region,
})
const names = () => readdirSync(folder).sort()
const inBucket = () => [...s3.objects.keys()].map((key) => key.replace('petshop/', '')).sort()

/** As if it had been made so many days ago. */
function copyOfDay(name: string, daysAgo: number): string {
  const old = backupName(Date.now() - daysAgo * DAY_MS)
  copyFileSync(join(folder, name), join(folder, old))
  return old
}

describe('a backup without a file’s name', { timeout: TIMEOUT }, () => {
  test('is named by its time, tried, sent, and then old ones are forgotten in both places', async () => {
    const keep = { ...toBucket(), PETSHOP_BACKUP_KEEP: '2d' }
    expect(await run(['backup'], keep)).toMatchObject({ code: 0, stderr: '' })
    const [first = ''] = names()
    const [older, oldest] = [copyOfDay(first, 1), copyOfDay(first, 2)]
    for (const name of [older, oldest])
      s3.objects.set(`petshop/${name}`, s3.objects.get(`petshop/${first}`)!)
    writeFileSync(join(folder, 'mine.db'), 'not ours')

    const second = await run(['backup', '--json'], keep)
    expect(second.code, second.stderr).toBe(0)
    const report = JSON.parse(second.stdout) as { file: string; forgotten: string[]; sent: string }
    const last = report.file.slice(folder.length + 1)
    expect(report).toMatchObject({ sent: s3.url, healthy: true })
    expect(report.forgotten).toEqual([oldest, first].sort())
    expect(names()).toEqual([older, last, 'mine.db'].sort())
    expect(inBucket()).toEqual([older, last].sort())
  })

  test('whose books don’t add up, or whose bucket is away, stays and has nothing forgotten', async () => {
    await run(['backup'])
    const [first = ''] = names()
    await s3.stop()
    const away = await run(['backup'], { ...toBucket(), PETSHOP_BACKUP_KEEP: '1d' })
    expect(away).toMatchObject({ code: 69, stderr: expect.stringMatching(/does not answer/) })
    expect(names()).toHaveLength(2)

    const db = new DatabaseSync(join(dataDir, 'petshop.db'))
    db.exec('UPDATE stock SET on_hand = on_hand + 1')
    db.close()
    const wrong = await run(['backup'], { PETSHOP_BACKUP_KEEP: '1d' })
    expect(wrong.code).toBe(1)
    expect(names().filter((name) => name.endsWith('.db'))).toHaveLength(3)
    expect(names()).toContain(first)
    const listed = JSON.parse((await run(['backups', '--json'])).stdout) as { good: boolean }[]
    expect(listed.map(({ good }) => good)).toEqual([false, true, true])
  })

  test('that cannot be restored says so, and has nothing forgotten', async () => {
    await run(['backup'])
    const [first = ''] = names()
    // Whole and adding up, but nothing that this program can bring up to date.
    const db = new DatabaseSync(join(dataDir, 'petshop.db'))
    db.exec("CREATE TRIGGER stop BEFORE DELETE ON sessions BEGIN SELECT RAISE(ABORT, 'no'); END")
    db.close()
    const made = await run(['backup'], { PETSHOP_BACKUP_KEEP: '1d' })
    expect(made.code).not.toBe(0)
    expect(made.stderr).toMatch(/restoring it for a try failed/)
    expect(names()).toContain(first)
    expect(names().filter((name) => name.startsWith('.try-'))).toEqual([])
    expect((await run(['backup', '--no-try'], { PETSHOP_BACKUP_KEEP: '9d' })).code).toBe(0)
  })

  test('waits for nobody: one at a time', async () => {
    mkdirSync(folder, { recursive: true })
    const [one, two] = await Promise.all([run(['backup']), run(['backup'])])
    const codes = [one.code, two.code].sort()
    // The second may have begun after the first had ended.
    expect([[0, 69], [0, 0]]).toContainEqual(codes) // prettier-ignore
    expect((await run(['backup'])).code).toBe(0)
  })
})

describe('the shop of a moment', { timeout: TIMEOUT }, () => {
  test('is the newest backup that isn’t younger, from the bucket where the folder has none', async () => {
    await run(['backup'], toBucket())
    const [now = ''] = names()
    const yesterday = copyOfDay(now, 1)
    const at = new Date(Date.now() - DAY_MS / 2).toISOString().slice(0, 16)
    const elsewhere = { PETSHOP_DATA_DIR: tempDir() }
    const early = await run(['restore', '--at', at], elsewhere)
    expect(early).toMatchObject({ code: 0, stdout: expect.stringContaining(yesterday) })
    expect(await findingsOf(elsewhere.PETSHOP_DATA_DIR)).toEqual({})

    rmSync(folder, { recursive: true })
    const fresh = { ...toBucket(), PETSHOP_DATA_DIR: tempDir() }
    const listed = await run(['backups'], fresh)
    expect(listed.stdout).toMatch(new RegExp(`^✓ ${now}  \\S+Z +\\d+ MB  bucket\\n$`))
    const late = await run(['restore', '--at', '2100-01-01 00:00'], fresh)
    expect(late).toMatchObject({ code: 0, stdout: expect.stringContaining(now) })
    expect(existsSync(join(folder, now))).toBe(true)
    const byName = { ...toBucket(), PETSHOP_DATA_DIR: tempDir() }
    expect((await run(['restore', now], byName)).code).toBe(0)
  })

  test('that no backup reaches, and a time that is none, are refused in one sentence', async () => {
    await run(['backup'])
    const cases = [
      [['restore', '--at', '2020-01-01T00:00'], 65, /no backup from .* the oldest is petshop-/],
      [['restore', '--at', 'yesterday'], 64, /must be a time as in/],
      [['restore'], 64, /`petshop backups` lists/],
      [['restore', 'x.db', '--at', '2020-01-01T00:00'], 64, /Name a backup, or a time/],
    ] as const
    for (const [args, code, says] of cases) {
      const refused = await run([...args])
      expect(refused).toMatchObject({ code, stdout: '', stderr: expect.stringMatching(says) })
    }
  })
})
