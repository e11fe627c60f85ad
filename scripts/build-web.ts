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
  compress(fresh)
  writeFileSync(join(fresh, hashFile), hash)
  rmSync(dist, { recursive: true, force: true })
  renameSync(fresh, dist)
}

/** The server sends these instead, to browsers that take them: compressed once, and as well as possible. */
function compress(folder: string): void {
  for (const path of globSync('**/*.{js,css,html,svg}', { cwd: folder })) {
    const content = readFileSync(join(folder, path))
    writeFileSync(join(folder, `${path}.br`), brotliCompressSync(content))
    writeFileSync(join(folder, `${path}.gz`), gzipSync(content, { level: 9 }))
  }
}
