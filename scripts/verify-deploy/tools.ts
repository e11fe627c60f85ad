// Owns the programs that deploy/ is checked with: installed where they are missing, from Debian, PyPI and npm, in
// exact versions where the registry keeps them.
import { createHash } from 'node:crypto'
import { copyFileSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from '../processes.ts'

export const root = join(import.meta.dirname, '../..')
const cache = join(root, 'node_modules/.cache/verify-deploy')
const python = join(cache, 'python')

/** Debian's package for each program. */
const packages = {
  nginx: 'nginx',
  apache2: 'apache2',
  promtool: 'prometheus',
  prometheus: 'prometheus',
  'prometheus-node-exporter': 'prometheus-node-exporter',
  'prometheus-redis-exporter': 'prometheus-redis-exporter',
  amtool: 'prometheus-alertmanager',
  supervisord: 'supervisor',
  'redis-server': 'redis-server',
  'systemd-analyze': 'systemd',
  shellcheck: 'shellcheck',
  openssl: 'openssl',
  kubectl: 'kubernetes-client',
  python3: 'python3-venv',
  buildah: 'buildah',
  mmdebstrap: 'mmdebstrap',
  runc: 'runc',
} as const
export type Program = keyof typeof packages

// A package of a server brings a service: it must not be started, nor wanted afterwards.
const INSTALL = `
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f $policy' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >$policy && chmod 755 $policy
fi
install() { apt-get -o DPkg::Lock::Timeout=300 install -y --no-upgrade --no-install-recommends "$@"; }
install "$@" || { apt-get update && install "$@"; }`

export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/sbin', '/sbin']
  return folders.map((folder) => join(folder, name)).find((path) => existsSync(path))
}

/** Where the program is; installed from Debian if it is missing. @throws when that isn't possible */
export async function program(name: Program): Promise<string> {
  const found = findProgram(name)
  if (found) return found
  await install(packages[name])
  const installed = findProgram(name)
  if (!installed) throw new Error(`${name} is missing even after apt-get install ${packages[name]}`)
  return installed
}

async function install(wanted: string): Promise<void> {
  const byHand = `missing: apt-get install -y ${wanted}`
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) throw new Error(byHand)
  const { code, output } = await run('/bin/sh', ['-c', INSTALL, 'install', wanted], {
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  })
  if (code !== 0) throw new Error(`${byHand} (failed: ${output.trim().split('\n').at(-1)})`)
}

/** A program of deploy/tools/requirements.txt, from an environment of its own. */
export async function pythonTool(name: string): Promise<string> {
  const list = join(root, 'deploy/tools/requirements.txt')
  await once(python, list, async () => {
    // A venv keeps its pip to itself: the machine's Python stays as it was.
    const python3 = await program('python3')
    // Debian's Python comes without what makes one.
    if ((await run(python3, ['-m', 'ensurepip', '--version'])).code !== 0)
      await install('python3-venv')
    await must(python3, ['-m', 'venv', python])
    await must(join(python, 'bin/pip'), ['install', '--quiet', '--no-input', '-r', list])
  })
  return join(python, 'bin', name)
}

/** The folder of deploy/tools' npm packages: schemas of custom resources. */
export async function npmPackages(): Promise<string> {
  const folder = join(cache, 'npm')
  const from = join(root, 'deploy/tools')
  await once(folder, join(from, 'package-lock.json'), async () => {
    mkdirSync(folder, { recursive: true })
    for (const file of ['package.json', 'package-lock.json'])
      copyFileSync(join(from, file), join(folder, file))
    await must('npm', ['ci', '--prefix', folder, '--ignore-scripts', '--no-audit', '--no-fund'])
  })
  return join(folder, 'node_modules')
}

/** Makes a folder anew whenever the list it is made from has changed. */
async function once(folder: string, list: string, make: () => Promise<void>): Promise<void> {
  const mark = join(folder, '.made-from')
  const hash = createHash('sha256').update(readFileSync(list)).digest('hex')
  if (existsSync(mark) && readFileSync(mark, 'utf8') === hash) return
  rmSync(folder, { recursive: true, force: true })
  await make()
  writeFileSync(mark, hash)
}

/** What it printed. @throws when it fails */
export async function must(command: string, args: string[]): Promise<string> {
  const { code, output } = await run(command, args)
  if (code !== 0) throw new Error(`${command} ${args.join(' ')}\n${output.trim()}`)
  return output
}

/** What is wrong according to a program that ends with 0 when all is well. */
export async function problemsOf(
  command: string,
  args: string[],
  env?: NodeJS.ProcessEnv,
): Promise<string[]> {
  const { code, output } = await run(command, args, env ? { env: { ...process.env, ...env } } : {})
  return code === 0 ? [] : [output.trim() || `${command} ended with ${code}`]
}

/** The first version number in what a program says of itself. */
export async function versionOf(command: string, ...args: string[]): Promise<string> {
  const { output } = await run(command, args)
  return /\d+(?:\.\d+)+/.exec(output)?.[0] ?? 'unknown version'
}
