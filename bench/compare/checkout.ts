// Owns a commit's files in a folder of their own. They are unpacked from an archive: whatever happens to a run, the
// repository knows nothing of it and has nothing to forget.
import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { runProcess, temporaryFolder } from '../lib/processes.ts'

export interface Checkout {
  readonly root: string
  /** As in `27bd5c42c88c`; `.` is what lies in this folder now, committed or not. */
  readonly commit: string
  remove(): void
}

const HERE = resolve(import.meta.dirname, '../..')
const INSTALL_SECONDS = 900
const UNPACK_SECONDS = 120

/** @throws when there is no such commit */
export async function openCheckout(name: string): Promise<Checkout> {
  if (name === '.') return { root: HERE, commit: '.', remove: () => undefined }
  const commit = resolveCommit(name)
  const folder = temporaryFolder()
  try {
    const archive = join(folder.path, 'archive.tar')
    const root = join(folder.path, 'checkout')
    const seconds = UNPACK_SECONDS
    await runProcess(
      'git',
      ['archive', '--format=tar', '--prefix=checkout/', '-o', archive, commit],
      {
        cwd: HERE,
        seconds,
      },
    )
    await runProcess('tar', ['-xf', archive, '-C', folder.path], { seconds })
    await bringModules(root)
    return { root, commit: commit.slice(0, 12), remove: folder.remove }
  } catch (error) {
    folder.remove()
    throw error
  }
}

function resolveCommit(name: string): string {
  try {
    const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`]
    return execFileSync('git', args, { cwd: HERE, encoding: 'utf8' }).trim()
  } catch {
    throw new Error(`There is no commit ${name}.`)
  }
}

/** Ours are linked when they are the same; else the commit's own are installed. */
async function bringModules(root: string): Promise<void> {
  if (sameModules(lockOf(root), lockOf(HERE))) {
    symlinkSync(join(HERE, 'node_modules'), join(root, 'node_modules'))
    return
  }
  process.stderr.write('other dependencies: they are installed\n')
  await runProcess('npm', ['ci', '--no-audit', '--no-fund'], {
    cwd: root,
    seconds: INSTALL_SECONDS,
  })
}

/** Null: there is none, and nobody knows what belongs to it. */
export function sameModules(one: string | null, other: string | null): boolean {
  return one !== null && one === other
}

function lockOf(root: string): string | null {
  const file = join(root, 'package-lock.json')
  return existsSync(file) ? readFileSync(file, 'utf8') : null
}
