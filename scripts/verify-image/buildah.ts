// Owns calling buildah: its images lie in a folder of ours, and nothing of the machine's own is touched.
import { join } from 'node:path'
import { run } from '../processes.ts'
import { program, root } from '../verify-deploy/tools.ts'

export const cache = join(root, 'node_modules/.cache/verify-image')

/** What it printed. @throws with the end of it when it fails */
export async function buildah(...args: string[]): Promise<string> {
  const { code, output } = await callBuildah(args)
  if (code !== 0)
    throw new Error(`buildah ${args[0]}:\n${output.trim().split('\n').slice(-12).join('\n')}`)
  return output.trim()
}

async function callBuildah(args: string[]): Promise<{ code: number; output: string }> {
  const places = ['--root', join(cache, 'store'), '--runroot', join(cache, 'run')]
  // No daemon, no namespaces: what a build runs is confined to its own file system, and uses our network.
  const env = { ...process.env, BUILDAH_ISOLATION: 'chroot' }
  return run(await program('buildah'), [...places, ...args], { env })
}

export async function hasImage(name: string): Promise<boolean> {
  return (await callBuildah(['inspect', '--type', 'image', `localhost/${name}`])).code === 0
}

/** The image's files for the time of `work`; what is written there is forgotten. */
export async function withFiles<T>(
  image: string,
  work: (folder: string) => Promise<T>,
): Promise<T> {
  const container = lastLine(await buildah('from', '--pull-never', `localhost/${image}`))
  try {
    return await work(lastLine(await buildah('mount', container)))
  } finally {
    await buildah('rm', container)
  }
}

function lastLine(text: string): string {
  return text.split('\n').at(-1) ?? ''
}
