// Builds the pages into web/dist, unless what they are made of is what it was. `--force` builds always.
import { createHash } from 'node:crypto'
import { existsSync, globSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, gzipSync } from 'node:zlib'

const root = join(import.meta.dirname, '..')
const dist = join(root, 'web/dist')
const hashFile = '.build-hash'
const sources = [
  'web/**/*',
  'src/lib/**/*',
  'src/modules/*/{schema,rules,*-rules}.ts',
  'package-lock.json',
]

const hash = hashSources()
if (process.argv.includes('--force') || hash !== builtHash()) {
  await buildPages().catch((error: unknown) => {
    console.error(error instanceof Error ? error.message : error)
    process.exitCode = 1
  })
}

function hashSources(): string {
  const digest = createHash('sha256')
  const files = globSync(sources, {
    cwd: root,
    withFileTypes: true,
    exclude: (entry) => join(entry.parentPath, entry.name) === dist,
  })
  const paths = files
    .filter((file) => file.isFile())
    .map((file) => join(file.parentPath, file.name))
  for (const path of paths.sort()) {
    digest.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0')
  }
  return digest.digest('hex')
}

function builtHash(): string | undefined {
  const file = join(dist, hashFile)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
}

/** Builds beside the old pages and then takes their place, so that a running shop never serves half of them. */
async function buildPages(): Promise<void> {
  console.log('Building the pages (once) …')
  const { build } = await import('vite')
  const fresh = join(root, `node_modules/.cache/web-${process.pid}`)
  await build({
    root: join(root, 'web'),
    configFile: join(root, 'web/vite.config.ts'),
    logLevel: 'warn',
    build: { outDir: fresh, emptyOutDir: true },
  })
  nameVersion(fresh, 'sw.js', ['offline.html', 'icon.svg'])
  writeInto(fresh, 'theme.js', "'__PARTS__'", JSON.stringify(earlyFiles(fresh)))
  const till = tillFiles(fresh)
  writeInto(fresh, 'counter-sw.js', "'__FILES__'", JSON.stringify(till.map((file) => `/${file}`)))
  nameVersion(fresh, 'counter-sw.js', ['index.html', ...till])
  compress(fresh)
  writeFileSync(join(fresh, hashFile), hash)
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}

/** The browser takes a service worker for new when its text is: it changes with what it keeps. */
function nameVersion(folder: string, worker: string, files: readonly string[]): void {
  const digest = createHash('sha256')
  for (const file of [...files, worker]) digest.update(readFileSync(join(folder, file)))
  writeInto(folder, worker, '__VERSION__', digest.digest('hex').slice(0, 12))
}

function writeInto(folder: string, file: string, place: string, text: string): void {
  const path = join(folder, file)
  writeFileSync(
    path,
    readFileSync(path, 'utf8').replace(place, () => text),
  )
}

interface Chunk {
  readonly file: string
  readonly imports?: readonly string[]
  readonly css?: readonly string[]
}

/** All that the counter's page is made of, in every language. */
function tillFiles(folder: string): string[] {
  const texts = ['zh-CN', 'en'].flatMap((language) => [
    `src/lib/locales/${language}/index.ts`,
    `src/lib/locales/${language}/staff.ts`,
  ])
  const entries = ['index.html', 'src/areas/counter/counter-area.tsx', ...texts]
  return ['theme.js', 'icon.svg', ...filesOf(folder, entries)].sort()
}

/** The scripts and styles that a page will ask for once the first script runs. */
function earlyFiles(folder: string): Record<string, string[]> {
  const first = filesOf(folder, ['index.html'])
  const after = (...entries: string[]) =>
    [...filesOf(folder, entries)].filter((file) => !first.has(file))
  const shop = after('src/areas/shop/shop-area.tsx')
  return {
    shop,
    more: after('src/areas/shop/pages/more-pages.tsx').filter((file) => !shop.includes(file)),
    zh: after('src/lib/locales/zh-CN/index.ts'),
    en: after('src/lib/locales/en/index.ts'),
  }
}

/** The built files of these sources with all they import. */
function filesOf(folder: string, entries: readonly string[]): Set<string> {
  const path = join(folder, '.vite/manifest.json')
  const manifest = JSON.parse(readFileSync(path, 'utf8')) as Record<string, Chunk>
  const seen = new Set<string>()
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`the build has no ${name}`)
    if (seen.has(chunk.file)) return
    seen.add(chunk.file)
    for (const css of chunk.css ?? []) seen.add(css)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const name of entries) visit(name)
  return seen
}

/** The server sends these instead, to browsers that take them: compressed once, and as well as possible. */
function compress(folder: string): void {
  for (const path of globSync('**/*.{js,css,html,svg}', { cwd: folder })) {
    const content = readFileSync(join(folder, path))
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(content))
    writeFileSync(join(folder, `${path}.gz`), gzipSync(content, { level: 9 }))
  }
}
