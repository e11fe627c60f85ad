// Owns running an image as a cautious engine does: its own user, no rights, a read-only root, its own network.
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { type Outcome, run, start } from '../processes.ts'
import { isObject, type JsonObject, listAt, part, write } from '../verify-deploy/files.ts'
import { program } from '../verify-deploy/tools.ts'
import { buildah } from './buildah.ts'

export interface Container {
  /** Runs a program in it, as its user. */
  exec(...args: string[]): Promise<Outcome>
  /** The image's own health check. */
  health(): Promise<boolean>
  /** Everything it has printed. */
  output(): string
  /** Asks it to end. @returns its exit code, or null when it had to be killed after 20 seconds */
  stop(): Promise<number | null>
  /** Resolves with its exit code when it ends. */
  readonly ended: Promise<number | null>
  /** Its main process, seen from here. */
  pid(): number
}

export interface ContainerOptions {
  readonly name: string
  readonly image: string
  /** For its state, and for nothing else. */
  readonly folder: string
  /** The image's root. */
  readonly files: string
  /** Instead of the image's own command. */
  readonly command?: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  /** Folders and files of the host by their place in the container. */
  readonly volumes?: Readonly<Record<string, string>>
  /** Shares the network of this one; else it has one of its own, with loopback only. */
  readonly beside?: Container
}

export async function startContainer(options: ContainerOptions): Promise<Container> {
  const image = await describeImage(options.image)
  const bundle = join(options.folder, options.name)
  mkdirSync(bundle, { recursive: true })
  write(bundle, 'config.json', JSON.stringify(bundleOf(image, options)))
  const runc = await program('runc')
  // Ours to confine, not to count: control groups stay as they are.
  const state = ['--root', join(options.folder, 'runc'), '--rootless', 'true']
  const child = start(runc, [...state, 'run', '--bundle', bundle, options.name])
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.setEncoding('utf8').on('data', (text: string) => (output += text))
  const ended = new Promise<number | null>((resolve) => child.once('exit', resolve))
  const exec = (...args: string[]) => run(runc, [...state, 'exec', options.name, ...args])
  return {
    exec,
    ended,
    output: () => output,
    health: async () => (await exec(...image.health)).code === 0,
    pid: () => Number(readState(options)['init_process_pid']),
    async stop() {
      await run(runc, [...state, 'kill', options.name, image.stopSignal])
      const code = await Promise.race([ended, pause(20_000, undefined, { ref: false })])
      if (code === undefined) await run(runc, [...state, 'kill', options.name, 'KILL'])
      return code ?? null
    },
  }
}

function readState({ folder, name }: ContainerOptions): JsonObject {
  return JSON.parse(readFileSync(join(folder, 'runc', name, 'state.json'), 'utf8')) as JsonObject
}

interface Image {
  readonly user: string
  readonly env: readonly string[]
  readonly folder: string
  readonly entrypoint: readonly string[]
  readonly command: readonly string[]
  readonly health: readonly string[]
  readonly stopSignal: string
}

async function describeImage(name: string): Promise<Image> {
  const text = await buildah('inspect', '--type', 'image', `localhost/${name}`)
  const config = part(part(JSON.parse(text) as JsonObject, 'Docker'), 'config')
  const strings = (of: unknown, key: string) =>
    listAt(isObject(of as JsonObject) ? (of as JsonObject) : {}, key).map(String)
  const [kind, ...test] = strings(part(config, 'Healthcheck'), 'Test')
  return {
    user: String(config['User'] ?? ''),
    env: strings(config, 'Env'),
    folder: String(config['WorkingDir'] || '/'),
    entrypoint: strings(config, 'Entrypoint'),
    command: strings(config, 'Cmd'),
    health: kind === 'CMD' ? test : ['false'],
    stopSignal: String(config['StopSignal'] || 'TERM').replace('SIG', ''),
  }
}

function bundleOf(image: Image, options: ContainerOptions): object {
  const [uid = NaN, gid = uid] = image.user.split(':').map(Number)
  const none = ['bounding', 'effective', 'permitted', 'inheritable', 'ambient']
  const shared = options.beside && { path: `/proc/${options.beside.pid()}/ns/net` }
  const scratch = { type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'nodev', 'mode=1777'] }
  return {
    ociVersion: '1.0.2',
    process: {
      user: { uid, gid },
      args: [...image.entrypoint, ...(options.command ?? image.command)],
      env: [
        ...image.env,
        ...Object.entries(options.env ?? {}).map(([key, value]) => `${key}=${value}`),
      ],
      cwd: image.folder,
      capabilities: Object.fromEntries(none.map((set) => [set, []])),
      noNewPrivileges: true,
    },
    // As every engine does: processes know each other by machine and number.
    hostname: options.name,
    root: { path: options.files, readonly: true },
    mounts: [
      { destination: '/proc', type: 'proc', source: 'proc' },
      { destination: '/dev', type: 'tmpfs', source: 'tmpfs', options: ['nosuid', 'mode=755'] },
      { destination: '/tmp', ...scratch },
      ...Object.entries(options.volumes ?? {}).map(([destination, source]) => ({
        ...{ destination, source, type: 'bind', options: ['rbind'] },
      })),
    ],
    linux: {
      namespaces: ['pid', 'ipc', 'uts', 'mount', 'network'].map((type) => ({
        type,
        ...(type === 'network' ? shared : {}),
      })),
      readonlyPaths: ['/proc/sys'],
    },
  }
}
