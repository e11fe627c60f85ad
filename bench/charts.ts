// Owns `npm run bench:charts`: pictures for docs/performance.md from the newest result of each scenario.
//
//   npm run bench:charts                  (of bench/results)
//   npm run bench:charts -- FOLDER
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { charts } from './charts/charts.ts'
import { newestOf } from './charts/newest.ts'
import type { Result } from './lib/results.ts'

const folder = resolve(process.argv[2] ?? join(import.meta.dirname, 'results'))
const pictures = join(import.meta.dirname, '../docs/pictures')
const names = readdirSync(folder)
mkdirSync(pictures, { recursive: true })
for (const { scenario, file, draw } of charts) {
  const name = newestOf(names, scenario)
  const result = name === null ? null : readResult(name)
  const picture = result && draw(result)
  if (picture === null) {
    process.stdout.write(`${file}: no figures yet, run npm run bench -- ${scenario}\n`)
    continue
  }
  writeFileSync(join(pictures, `${file}.svg`), picture)
  process.stdout.write(`docs/pictures/${file}.svg from ${name ?? ''}\n`)
}

function readResult(name: string): Result {
  return JSON.parse(readFileSync(join(folder, name), 'utf8')) as Result
}
