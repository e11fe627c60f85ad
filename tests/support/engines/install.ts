// Owns where the servers' programs are, and their installation on a machine that lacks them.
import { execFile } from 'node:child_process'
import { existsSync, globSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { promisify } from 'node:util'

const programs = {
  'redis-server': ['redis-server'],
  'mariadb-server': ['mariadbd', 'mariadb-install-db'],
  postgresql: ['postgres', 'initdb'],
  wrk: ['wrk'],
} as const

/** Debian's name of a server. */
export type ServerPackage = keyof typeof programs

// One run installs at a time; the lock ends with its holder. A package brings a service, and PostgreSQL a
// database of its own: neither is wanted here, and what forbids them goes away again.
const INSTALL = `
exec 9</var/lib/dpkg && flock 9 || exit 1
policy=/usr/sbin/policy-rc.d
clusters=/etc/postgresql-common/createcluster.d
made=$clusters/petshop-tests.conf
trap 'rm -f $made; rmdir -p --ignore-fail-on-non-empty $clusters' EXIT
trap 'exit 1' HUP INT TERM
mkdir -p $clusters && echo 'create_main_cluster = false' > $made || exit 1
if [ ! -e $policy ]; then
  made="$made $policy"
  printf '#!/bin/sh\\nexit 101\\n' > $policy && chmod 755 $policy || exit 1
fi
install() {
  apt-get -o DPkg::Lock::Timeout=300 install -y --no-upgrade --no-install-recommends "$@"
}
install "$@" || { apt-get update && install "$@"; }
`

/** Where a server's program is: on the path, or where Debian keeps what only servers run. */
function findProgram(name: string): string | undefined {
  const onPath = (process.env['PATH'] ?? '').split(delimiter).filter(Boolean)
  const newestFirst = globSync('/usr/lib/postgresql/*/bin').sort().reverse()
  return [...onPath, '/usr/sbin', '/sbin', ...newestFirst]
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path))
}

export function programPath(name: string): string {
  const path = findProgram(name)
  if (!path) throw new Error(`${name} is missing`)
  return path
}

/** Installs what is missing, where we may. Returns why something is still missing, or nothing. */
export async function ensureInstalled(
  packages: readonly ServerPackage[],
): Promise<string | undefined> {
  const missing = packages.filter(isMissing)
  if (missing.length === 0) return
  const what = `${missing.join(' and ')} ${missing.length === 1 ? 'is' : 'are'} missing`
  const byHand = `apt-get install -y ${missing.join(' ')}`
  if (!existsSync('/usr/bin/apt-get')) return `${what}: install it`
  if (process.getuid?.() !== 0) return `${what}: run as root: ${byHand}`

  console.log(`Installing ${missing.join(', ')} for the tests (once) …`)
  const failure = await install(missing)
  if (failure !== undefined) return `${what}, and ${byHand} failed: ${failure}`
  return missing.some(isMissing) ? `${what} even after ${byHand}` : undefined
}

function isMissing(name: ServerPackage): boolean {
  return programs[name].some((program) => !findProgram(program))
}

async function install(packages: readonly string[]): Promise<string | undefined> {
  try {
    await promisify(execFile)('/bin/sh', ['-c', INSTALL, 'install', ...packages], {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      maxBuffer: 64 * 1024 * 1024,
    })
    return undefined
  } catch (error) {
    const { stderr = '', message } = error as Error & { stderr?: string }
    return stderr.trim().split('\n').at(-1) || message
  }
}
