// Shows `petshop import` and `petshop export` as a script sees them: what they print, and their exit codes.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { openFolder } from '../support/open-folder.ts'
import { tempDir } from '../support/temp-dir.ts'

/** Each starts the whole program several times. */
const SLOW = { timeout: 90_000 }

const MAIN = join(import.meta.dirname, '../../src/main.js')

async function petshop(dataDir: string, args: string[], input: string | null = null) {
  const child = spawn(process.execPath, [MAIN, ...args], {
    env: { ...process.env, PETSHOP_DATA_DIR: dataDir },
  })
  child.stdin.end(input ?? '')
  const ended = once(child, 'exit')
  const [stdout, stderr] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [status] = (await ended) as [number | null]
  return { status, stdout, stderr }
}

const good = 'sku,product_name,price,quantity,supplier\nA1,猫粮,12.50,3,ACME\nA2,狗粮,20,0,ACME\n'

test('a file is looked at, imported, left alone the second time, and exported', SLOW, async () => {
  const dir = tempDir()
  const file = join(dir, 'products.csv')
  writeFileSync(file, good)
  const looked = await petshop(dir, ['import', file, '--dry-run'])
  expect([looked.status, looked.stdout]).toEqual([
    0,
    'Columns that nothing is taken from: supplier\n2 new, 0 changed, 0 as they were.\nA dry run: nothing was written.\n',
  ])
  const imported = await petshop(dir, ['import', '-', '--json'], good)
  expect([imported.status, imported.stderr]).toEqual([0, ''])
  expect(JSON.parse(imported.stdout)).toMatchObject({ created: 2, dry_run: false })
  const again = await petshop(dir, ['import', file])
  expect(again.stdout).toContain('0 new, 0 changed, 2 as they were.')

  const target = join(dir, 'out.csv')
  const exported = await petshop(dir, ['export', 'products', target, '--language', 'en'])
  expect([exported.status, exported.stdout]).toEqual([0, ''])
  const written = readFileSync(target, 'utf8')
  expect(written).toContain('\r\nA1,,猫粮,,,件,12.50,,3,5,true,,\r\n')
  expect((await petshop(dir, ['import', target])).stdout).toContain('2 as they were')
  const ledger = await petshop(dir, [
    'export',
    'movements',
    '--from',
    '2020-01-01',
    '--to',
    '2099-12-31',
  ])
  expect(ledger.stdout.trim().split('\r\n')).toHaveLength(2)
  const none = await petshop(dir, ['export', 'movements', '--to', '2020-01-01T00:00:00Z'])
  expect(none.stdout.trim().split('\r\n')).toHaveLength(1)
})

test('errors are a table, nothing is written, and the exit code tells', SLOW, async () => {
  const dir = tempDir()
  const bad = 'sku,product_name,price\nA1,x,free\nA2,y,1\n,z,1\n'
  const refused = await petshop(dir, ['import', '-'], bad)
  expect(refused.status).toBe(65)
  expect(refused.stdout.split('\n').slice(0, 3)).toEqual([
    'line  problem',
    '   2  price: "free" is not a plain number: write digits and a point, as in 1234.50, without currency signs and separators.',
    '   4  sku: must not be empty.',
  ])
  expect(refused.stdout).toContain('2 errors: nothing was written.')
  const chinese = await petshop(
    dir,
    ['import', '-', '--dry-run', '--json', '--language', 'zh-CN'],
    bad,
  )
  expect(chinese.status).toBe(65)
  expect(JSON.parse(chinese.stdout).errors[1]).toMatchObject({ line: 4, message: '不能为空。' })
  const empty = await petshop(dir, ['export', 'products'])
  expect(empty.stdout.trim().split('\r\n')).toHaveLength(1)
})

test('killed half-way and run again, the whole is there, and adds up', SLOW, async () => {
  const dir = tempDir()
  const file = join(dir, 'products.csv')
  const rows = Array.from({ length: 20_000 }, (_, i) => `S${i},商品 ${i},1.50,2`)
  writeFileSync(file, ['sku,product_name,price,quantity', ...rows].join('\n'))
  await petshop(dir, ['migrate'])
  const store = await openFolder(dir)
  const count = async () =>
    (await store.db.selectFrom('inventory').select('product_id').execute()).length
  const child = spawn(process.execPath, [MAIN, 'import', file], {
    env: { ...process.env, PETSHOP_DATA_DIR: dir },
    stdio: 'ignore',
  })
  const ended = once(child, 'exit')
  while ((await count()) === 0) await setTimeout(5)
  child.kill('SIGKILL')
  await ended
  const there = await count()
  await store.close()
  expect([there < 20_000, there % 100]).toEqual([true, 0])
  const again = await petshop(dir, ['import', file, '--json'])
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 20_000 - there, unchanged: there })
  expect((await petshop(dir, ['doctor'])).stdout).toContain('Everything adds up.')
})

test('what cannot be done is one sentence', SLOW, async () => {
  const dir = tempDir()
  for (const [args, status, said] of [
    [['import', join(dir, 'nothing.csv')], 64, 'cannot be read (ENOENT)'],
    [['export', 'products', join(dir, 'no', 'where.csv')], 73, 'cannot be written (ENOENT)'],
    [['export', 'orders', '--from', 'yesterday'], 64, '--from yesterday: must be a day'],
    [['export', 'products', '--from', '2026-01-01'], 64, 'Products have no time'],
    [['export', 'users'], 1, 'Allowed choices are products, orders, movements'],
  ] as const) {
    const answer = await petshop(dir, [...args])
    expect([args.join(' '), answer.status]).toEqual([args.join(' '), status])
    expect(answer.stderr).toContain(said)
    expect(answer.stderr).not.toContain('    at ')
  }
})
