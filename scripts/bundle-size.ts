// Measures the JavaScript of a first visit, as gzip sends it, and fails when it is over its budget.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
}

interface Visit {
  readonly name: string
  readonly budgetKib: number
  /** What the page asks for by itself, as the source names it. */
  readonly entries: readonly string[]
}

const root = join(import.meta.dirname, '..')
const dist = join(root, 'web/dist')

const visits: readonly Visit[] = [
  {
    name: 'shop, first visit',
    budgetKib: 170,
    entries: ['index.html', 'src/areas/shop/shop-area.tsx', 'src/lib/locales/zh-CN/index.ts'],
  },
  {
    name: 'office, first view',
    budgetKib: 450,
    entries: [
      'index.html',
      'src/areas/office/office-area.tsx',
      'src/lib/locales/zh-CN/index.ts',
      'src/lib/locales/zh-CN/staff.ts',
    ],
  },
]

execFileSync(process.execPath, [join(root, 'scripts/build-web.ts')], { stdio: 'inherit' })
const manifest = JSON.parse(readFileSync(join(dist, '.vite/manifest.json'), 'utf8')) as Record<
  string,
  Chunk
>

for (const visit of visits) {
  const files = [...filesOf(visit.entries)]
  // Loaded before the page is drawn, though no bundle.
  if (existsSync(join(dist, 'theme.js'))) files.push('theme.js')
  const sizes = files.map((file) => ({ file, kib: gzipKib(file) }))
  const sum = sizes.reduce((total, { kib }) => total + kib, 0)
  console.log(`\n${visit.name}`)
  for (const { file, kib } of sizes.sort((a, b) => b.kib - a.kib)) print(kib, file)
  print(sum, `of ${visit.budgetKib} KiB gzip`)
  if (sum > visit.budgetKib) {
    console.error(`${visit.name}: ${sum.toFixed(1)} KiB is over the budget`)
    process.exitCode = 1
  }
}

/** The entries' files with all they import, each once. */
function filesOf(entries: readonly string[]): Set<string> {
  const files = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the build has no ${name}`)
    if (files.has(chunk.file)) return
    files.add(chunk.file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const entry of entries) visit(entry)
  return new Set([...files].filter((file) => file.endsWith('.js')))
}

function gzipKib(file: string): number {
  return gzipSync(readFileSync(join(dist, file)), { level: 9 }).length / 1024
}

function print(kib: number, text: string): void {
  console.log(`${kib.toFixed(1).padStart(8)} KiB  ${text}`)
}
