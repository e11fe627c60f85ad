// Owns the proxies that are run: the files of deploy/nginx and deploy/apache with the paths, names and ports of a
// host put in, nothing else changed.
import { chmodSync, cpSync, mkdirSync, readFileSync } from 'node:fs'
import { request } from 'node:https'
import { join } from 'node:path'
import { type Owned, startProcess, temporaryFolder, waitFor } from '../../bench/lib/processes.ts'
import { freePort } from '../../tests/support/engines/ports.ts'
import { textOf, write } from '../verify-deploy/files.ts'
import { APACHE_MODULES, makeCertificate } from '../verify-deploy/servers.ts'
import { must, program, root, versionOf } from '../verify-deploy/tools.ts'

export interface Proxy {
  readonly name: string
  /** Where it takes HTTPS, and where plain HTTP. */
  readonly port: number
  readonly plainPort: number
  readonly folder: string
  close(): Promise<void>
}

/** What a host has elsewhere. */
interface Place {
  readonly folder: string
  readonly port: number
  readonly plainPort: number
  readonly apiPorts: readonly number[]
}

const SECONDS = 20

export async function startNginx(apiPorts: readonly number[]): Promise<Proxy> {
  const nginx = await program('nginx')
  const name = `nginx ${await versionOf(nginx, '-v')}`
  return open(name, apiPorts, (place) => {
    cpSync(join(root, 'deploy/nginx'), place.folder, { recursive: true })
    const snippets = join(place.folder, 'snippets/petshop-locations.conf')
    write(place.folder, 'snippets/petshop-locations.conf', forHere(readText(snippets), place))
    const sites = ['tuning.conf', 'petshop.conf'].map((file) =>
      forHere(textOf(`deploy/nginx/${file}`), place),
    )
    const conf = write(place.folder, 'here.conf', nginxConf(place.folder, sites))
    return { command: nginx, args: ['-p', place.folder, '-c', conf], stop: 'SIGQUIT' }
  })
}

/** What Debian's own nginx.conf says that a host needs, in a folder of ours. */
function nginxConf(folder: string, sites: readonly string[]): string {
  const temps = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (kind) => `${kind}_temp_path ${folder}/${kind};`,
  )
  const head = ['daemon off;', 'worker_processes 2;', `pid ${folder}/pid;`, 'error_log stderr;']
  const user = process.getuid?.() === 0 ? ['user www-data;'] : []
  const http = ['include /etc/nginx/mime.types;', 'sendfile on;', ...temps, ...sites]
  return [...user, ...head, 'events {}', 'http {', ...http, '}'].join('\n')
}

export async function startApache(apiPorts: readonly number[]): Promise<Proxy> {
  const apache = await program('apache2')
  const name = `Apache ${await versionOf(apache, '-v')}`
  return open(name, apiPorts, async (place) => {
    const conf = write(place.folder, 'apache2.conf', apacheConf(place))
    const env = { APACHE_LOG_DIR: place.folder }
    await must('/usr/bin/env', [`APACHE_LOG_DIR=${place.folder}`, apache, '-t', '-f', conf])
    return { command: apache, args: ['-D', 'FOREGROUND', '-f', conf], env, stop: 'SIGTERM' }
  })
}

function apacheConf(place: Place): string {
  const { folder, port, plainPort } = place
  const user = process.getuid?.() === 0 ? ['User www-data', 'Group www-data'] : []
  const head = [
    `ServerRoot ${folder}`,
    `PidFile ${folder}/pid`,
    `DefaultRuntimeDir ${folder}`,
    `ErrorLog ${folder}/error.log`,
    'ServerName localhost',
    `Listen 127.0.0.1:${port}`,
    `Listen 127.0.0.1:${plainPort}`,
    ...APACHE_MODULES.map(load),
    ...user,
    'TypesConfig /etc/mime.types',
  ]
  return [...head, forHere(textOf('deploy/apache/petshop.conf'), place)].join('\n')
}

function load(name: string): string {
  return `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`
}

function forHere(text: string, { folder, port, plainPort, apiPorts }: Place): string {
  return text
    .replaceAll(/\/etc\/letsencrypt\/live\/[^/]+\//g, `${folder}/`)
    .replaceAll('/srv/petshop/web/dist', `${folder}/pages`)
    .replaceAll('/var/log/nginx/', `${folder}/`)
    .replaceAll('/var/www/html', `${folder}/challenges`)
    .replaceAll(/^\s*listen \[::\]:.*$/gm, '')
    .replaceAll(
      /(?<=listen |<VirtualHost )(?:\*:)?(80|443)\b/g,
      (_, known: string) => `127.0.0.1:${known === '80' ? plainPort : port}`,
    )
    .replaceAll(/127\.0\.0\.1:808([01])/g, (_, n: string) => `127.0.0.1:${apiPorts[Number(n)]}`)
}

interface Command {
  readonly command: string
  readonly args: readonly string[]
  readonly env?: Readonly<Record<string, string>>
  readonly stop: NodeJS.Signals
}

async function open(
  name: string,
  apiPorts: readonly number[],
  prepare: (place: Place) => Promise<Command> | Command,
): Promise<Proxy> {
  const home = temporaryFolder()
  const folder = home.path
  const place = { folder, apiPorts, port: await freePort(), plainPort: await freePort() }
  // It reads the pages as another user than ours.
  chmodSync(folder, 0o755)
  cpSync(join(root, 'web/dist'), join(folder, 'pages'), { recursive: true })
  mkdirSync(join(folder, 'challenges/.well-known/acme-challenge'), { recursive: true })
  write(folder, 'challenges/.well-known/acme-challenge/token', 'proof')
  await makeCertificate(folder)
  const { command, args, env = {} } = await prepare(place)
  const logFile = join(folder, 'proxy.log')
  const owned = startProcess(command, args, { env, cwd: folder, logFile })
  await waitFor(owned, `${name} answers`, SECONDS, () => answers(place.port))
  return { name, port: place.port, plainPort: place.plainPort, folder, close: () => close(owned) }
  async function close(proxy: Owned) {
    await proxy.stop()
    home.remove()
  }
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const options = { host: '127.0.0.1', port, path: '/', rejectUnauthorized: false, agent: false }
    const sent = request(options, (response) => {
      response.resume()
      resolve(true)
    })
    sent.on('error', () => resolve(false))
    sent.end()
  })
}

function readText(path: string): string {
  return readFileSync(path, 'utf8')
}
