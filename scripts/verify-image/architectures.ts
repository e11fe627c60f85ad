// Owns what can be told of the other architecture without a machine of it: its packages are in the lock file, and
// the recipe installs them; nothing of it is run.
import { globSync, openSync, readSync, closeSync } from 'node:fs'
import { join } from 'node:path'
import type { Finding } from '../verify-deploy/check.ts'
import { textOf } from '../verify-deploy/files.ts'
import { root } from '../verify-deploy/tools.ts'
import { argumentsOf } from './build.ts'
import { buildah, withFiles } from './buildah.ts'

interface Locked {
  readonly dev?: boolean
  readonly os?: readonly string[]
  readonly cpu?: readonly string[]
  readonly libc?: readonly string[]
  readonly hasInstallScript?: boolean
}

export async function checkArchitectures(): Promise<Finding> {
  const { packages } = JSON.parse(textOf('package-lock.json')) as {
    packages: Record<string, Locked>
  }
  const used = Object.entries(packages).filter(([name, { dev }]) => name !== '' && !dev)
  const native = used.filter(
    ([, { os, cpu, libc }]) =>
      cpu?.includes('x64') && (os?.includes('linux') ?? true) && !libc?.includes('musl'),
  )
  const problems = native
    .map(([name]) => name.replace('x64', 'arm64'))
    .filter((name) => !packages[name]?.cpu?.includes('arm64'))
    .map((name) => `package-lock.json has no ${name}`)
  for (const [name, { hasInstallScript }] of used)
    if (hasInstallScript) problems.push(`${name} wants to be built when it is installed`)
  const binaries = await binariesForArm()
  problems.push(...binaries.filter(({ isArm }) => !isArm).map(({ path }) => `${path} isn't arm64`))
  if (binaries.length < native.length)
    problems.push(`${binaries.length} binaries for ${native.length} packages`)
  const of = `native packages, ${binaries.length} binaries installed by the recipe for arm64; not run`
  return { count: native.length, of, problems }
}

/** The recipe's first stage picks packages by name, and needs no emulation. */
async function binariesForArm(): Promise<{ path: string; isArm: boolean }[]> {
  const target = ['--build-arg', 'TARGETARCH=arm64', '--target', 'packages', '-t', 'packages-arm64']
  await buildah('build', ...argumentsOf('petshop', 'base'), ...target, root)
  return withFiles('packages-arm64', async (files) =>
    ['node', ...globSync('app/node_modules/**/*.node', { cwd: files })].map((path) => ({
      path,
      isArm: machineOf(join(files, path)) === EM_AARCH64,
    })),
  )
}

const EM_AARCH64 = 183

/** What an ELF file says it is for. */
function machineOf(path: string): number {
  const file = openSync(path, 'r')
  try {
    const head = Buffer.alloc(20)
    readSync(file, head)
    return head.readUInt16LE(18)
  } finally {
    closeSync(file)
  }
}
