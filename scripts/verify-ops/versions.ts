// Owns an earlier version of the program beside this one: the newest release, or the first version beside which the
// next ones may run. Unpacked from an archive into a folder of its own: the repository knows nothing of it.
import { execFileSync } from 'node:child_process'
import { copyFileSync, existsSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runProcess, temporaryFolder } from '../../bench/lib/processes.ts'
import { root as here } from '../verify-deploy/tools.ts'

export interface Version {
  readonly root: string
  /** As in `v1.2.0` or `27bd5c4`. */
  readonly name: string
  remove(): void
}

/** Came with the first version that later ones may run beside: until then steps of migration took columns away. */
const FIRST = 'docs/adr/0018-a-second-thread-writes.md'
const SECONDS = 300

export async function openEarlier(): Promise<Version> {
  const name = earlier()
  // A copy without .git, or a shallow one: the steps are the same, and prove less.
  if (name === null)
    return { root: here, name: 'this version (there is no history here)', remove: () => undefined }
  const folder = temporaryFolder()
  try {
    const archive = join(folder.path, 'archive.tar')
    const run = (command: string, args: string[]) =>
      runProcess(command, args, { cwd: here, seconds: SECONDS })
    await run('git', ['archive', '--format=tar', '--prefix=shop/', '-o', archive, name])
    await run('tar', ['-xf', archive, '-C', folder.path])
    const root = join(folder.path, 'shop')
    await bringModules(root)
    return { root, name: `${name}${bringLeave(root)}`, remove: folder.remove }
  } catch (error) {
    folder.remove()
    throw error
  }
}

function earlier(): string | null {
  return (
    git('describe', '--tags', '--abbrev=0', '--match', 'v*') ??
    git('log', '--diff-filter=A', '--format=%h', '-1', '--', FIRST)
  )
}

function git(...args: string[]): string | null {
  const stdio: ['ignore', 'pipe', 'ignore'] = ['ignore', 'pipe', 'ignore']
  try {
    return execFileSync('git', args, { cwd: here, encoding: 'utf8', stdio }).trim() || null
  } catch {
    return null
  }
}

/** Ours serve an older version too, unless it needs another version of one. */
async function bringModules(root: string): Promise<void> {
  const [theirs, ours] = [dependenciesOf(root), dependenciesOf(here)]
  if (Object.entries(theirs).every(([name, version]) => ours[name] === version)) {
    symlinkSync(join(here, 'node_modules'), join(root, 'node_modules'))
    return
  }
  const args = ['ci', '--omit=dev', '--no-audit', '--no-fund']
  await runProcess('npm', args, { cwd: root, seconds: SECONDS })
}

function dependenciesOf(root: string): Record<string, string> {
  const text = readFileSync(join(root, 'package.json'), 'utf8')
  return (JSON.parse(text) as { dependencies: Record<string, string> }).dependencies
}

/** The first versions closed connections on which a proxy was just sending: that is known, and not what is asked. */
function bringLeave(root: string): string {
  const leaving = 'src/platform/http/leaving.ts'
  if (existsSync(join(root, leaving))) return ''
  copyFileSync(join(here, leaving), join(root, leaving))
  const file = join(root, 'src/serve.ts')
  const text = readFileSync(file, 'utf8')
  const place = 'await app.notifications.live.stop()'
  if (!text.includes(place)) throw new Error(`${file} stops in another way than was known`)
  const leave = `await startLeaving(http.server).quiet; ${place}`
  const line = `import { startLeaving } from './platform/http/leaving.ts'`
  writeFileSync(file, `${text.replace(place, leave)}\n${line}\n`)
  return ' (with the leave of today)'
}
