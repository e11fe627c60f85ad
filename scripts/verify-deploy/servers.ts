// Owns the checks of what runs on a host: proxies, service managers, scripts. Each by the program's own test of its
// configuration, which starts nothing; paths that only a real host has are put into a folder of ours.
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Finding } from './check.ts'
import { filesOf, inFolder, textOf, write } from './files.ts'
import { run } from '../processes.ts'
import { must, problemsOf, program, root, versionOf } from './tools.ts'

export async function checkNginx(): Promise<Finding> {
  const nginx = await program('nginx')
  const version = await versionOf(nginx, '-v')
  const sites = ['petshop.conf', 'container.conf', 'container-tls.conf']
  const problems = await inFolder(async (folder) => {
    cpSync(join(root, 'deploy/nginx'), folder, { recursive: true })
    await makeCertificate(folder)
    const test = (name: string, text: string) =>
      problemsOf(nginx, ['-t', '-q', '-p', folder, '-c', write(folder, name, text)])
    const part = (name: string) =>
      forNginx(readFileSync(join(folder, name), 'utf8'), folder, version)
    const tuning = part('tuning.conf')
    return [
      ...(await test('host.conf', debian(folder, tuning, part('petshop.conf')))),
      ...(await test(
        'image.conf',
        image(folder, tuning, part('container.conf'), part('container-tls.conf')),
      )),
    ]
  })
  const old = isOld(version) ? ', without `resolve` and `http2 on`, which it is too old for' : ''
  return { count: sites.length, of: 'sites', by: `nginx -t ${version}${old}`, problems }
}

/** Debian's own nginx.conf, with our files where it includes sites. */
function debian(folder: string, ...sites: string[]): string {
  const lines = readFileSync('/etc/nginx/nginx.conf', 'utf8').split('\n')
  const place = lines.findIndex((line) => /^\s*include \/etc\/nginx\/sites-enabled/.test(line))
  if (place < 0) throw new Error('/etc/nginx/nginx.conf includes no sites')
  lines[place] = sites.join('\n')
  const theirs = /^\s*(?:user|pid|error_log|access_log|include \/etc\/nginx\/(?:modules|conf\.d))/
  const kept = lines.filter((line) => !theirs.test(line))
  return [`pid ${folder}/pid; error_log stderr;`, ...kept].join('\n')
}

/** What the image's nginx.conf says before it includes conf.d. */
function image(folder: string, ...sites: string[]): string {
  const own = ['include /etc/nginx/mime.types;', 'sendfile on;', 'keepalive_timeout 65;']
  const http = [...own, ...sites].join('\n')
  return `pid ${folder}/pid; error_log stderr;\nevents {}\nhttp {\n${http}\n}\n`
}

/** Paths, ports and names of a real host become ours; newer words go where nginx doesn't know them. */
function forNginx(text: string, folder: string, version: string): string {
  const here = text
    .replaceAll(/\/etc\/(?:letsencrypt\/live\/[^/]+|petshop\/tls)\//g, `${folder}/`)
    .replaceAll(/\/var\/log\/nginx\/|\/dev\/(?=stdout)/g, `${folder}/`)
    .replaceAll(/listen \[::\]:/g, 'listen 127.0.0.2:1')
    .replaceAll(/listen (?=\d+[ ;])/g, 'listen 127.0.0.1:1')
  if (!isOld(version)) return here
  return here
    .replace('server api:8080 resolve', 'server 127.0.0.1:8080')
    .replaceAll(/^\s*http2 on;$/gm, '')
}

/** `resolve` came with 1.27.3, `http2` as a word of its own with 1.25.1. */
function isOld(version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number)
  return major * 1e6 + minor * 1e3 + patch < 1_027_003
}

export async function makeCertificate(folder: string): Promise<void> {
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  const files = ['-keyout', join(folder, 'privkey.pem'), '-out', join(folder, 'fullchain.pem')]
  await must(await program('openssl'), [
    'req',
    '-x509',
    ...key,
    ...files,
    '-subj',
    '/CN=shop.example.com',
  ])
}

export const APACHE_MODULES = [
  'mpm_event authz_core alias rewrite headers filter deflate setenvif env mime dir reqtimeout',
  'proxy proxy_http proxy_balancer lbmethod_bybusyness slotmem_shm socache_shmcb ssl http2',
].flatMap((line) => line.split(' '))

export async function checkApache(): Promise<Finding> {
  const apache = await program('apache2')
  const problems = await inFolder(async (folder) => {
    await makeCertificate(folder)
    const site = textOf('deploy/apache/petshop.conf')
      .replaceAll(/\/etc\/letsencrypt\/live\/[^/]+\//g, `${folder}/`)
      .replaceAll('/srv/petshop/web/dist', folder)
    const modules = APACHE_MODULES.map(
      (name) => `LoadModule ${name}_module /usr/lib/apache2/modules/mod_${name}.so`,
    )
    const head = [
      `ServerRoot ${folder}`,
      `PidFile ${folder}/pid`,
      `ErrorLog ${folder}/error.log`,
      'ServerName localhost',
      ...modules,
    ]
    const file = write(folder, 'apache2.conf', [...head, site].join('\n'))
    return problemsOf(apache, ['-t', '-f', file], { APACHE_LOG_DIR: folder })
  })
  return { count: 1, of: 'site', by: `apache2 -t ${await versionOf(apache, '-v')}`, problems }
}

export async function checkSystemd(): Promise<Finding> {
  const analyze = await program('systemd-analyze')
  const units = filesOf('deploy/systemd/*.{service,timer}')
  const scores: string[] = []
  const problems = await inFolder(async (folder) => {
    const names = units.map((unit) => {
      const text = textOf(unit)
        .replaceAll('/srv/petshop/node_modules/.bin/node', process.execPath)
        .replaceAll('/usr/local/bin/', `${join(root, 'deploy')}/`)
      return write(folder, basename(unit), text).replace('petshop@.', 'petshop@8080.')
    })
    // A word that it doesn't know is a warning to systemd, and a mistake to us.
    const said = (await run(analyze, ['verify', '--man=no', ...names])).output.split('\n')
    const found = said.filter((line) => line.includes(folder))
    for (const unit of units.filter((name) => name.endsWith('.service'))) {
      const args = ['security', '--offline=true', '--no-pager', join(folder, basename(unit))]
      const score = / ([\d.]+) \w+ \S+\s*$/m.exec((await must(analyze, args)).trim())?.[1]
      scores.push(score ?? '?')
      // Of 10; a unit without any protection has 9.6.
      if (!(Number(score) < 1.6)) found.push(`${unit}: exposed: ${score}`)
    }
    return found
  })
  const by = `systemd-analyze ${await versionOf(analyze, '--version')}, exposure ${[...new Set(scores)].join(', ')}`
  return { count: units.length, of: 'units', by, problems }
}

// The reader that supervisord itself starts with; nothing is started.
const READ_SUPERVISOR = `
import sys
from supervisor.options import ServerOptions
options = ServerOptions()
options.realize(['-n', '-c', sys.argv[1]])
print(sum(len(group.process_configs) for group in options.process_group_configs))`

export async function checkSupervisor(): Promise<Finding> {
  const supervisord = await program('supervisord')
  const output = await inFolder((folder) => {
    mkdirSync(join(folder, 'log'))
    const text = textOf('deploy/supervisor/petshop.conf')
      .replaceAll('/srv/petshop', root)
      .replaceAll('/var/log/petshop', join(folder, 'log'))
      .replaceAll(/^user=petshop$/gm, '')
    const file = write(
      folder,
      'supervisord.conf',
      `[supervisord]\nlogfile=${folder}/log/main\n${text}`,
    )
    return must('/usr/bin/python3', ['-c', READ_SUPERVISOR, file])
  })
  const count = Number(output.trim().split('\n').at(-1))
  const by = `supervisor ${await versionOf(supervisord, '--version')}`
  return { count, of: 'supervised processes', by, problems: [] }
}

export async function checkScripts(): Promise<Finding> {
  const shellcheck = await program('shellcheck')
  const scripts = filesOf('deploy/**/*').filter(isShell)
  const problems = await problemsOf(
    shellcheck,
    scripts.map((path) => join(root, path)),
  )
  return {
    count: scripts.length,
    of: 'shell scripts',
    by: `shellcheck ${await versionOf(shellcheck, '--version')}`,
    problems,
  }
}

function isShell(path: string): boolean {
  try {
    return /^#!\/bin\/(?:ba)?sh/.test(textOf(path))
  } catch {
    return false // a folder
  }
}

/** Redis has no test of its configuration: each setting must be one that the annotated file of its package explains. */
export async function checkRedis(): Promise<Finding> {
  const server = await program('redis-server')
  const explained = readFileSync('/etc/redis/redis.conf', 'utf8')
  const settings = textOf('deploy/redis/redis.conf')
    .split('\n')
    .filter((line) => /^[a-z]/.test(line))
    .map((line) => line.split(' '))
  const problems = settings.flatMap(([name = '']) =>
    new RegExp(`^(?:# ?)?${name} `, 'm').test(explained) ? [] : [`Redis has no setting ${name}`],
  )
  const policy = settings.find(([name]) => name === 'maxmemory-policy')?.[1]
  if (policy !== 'noeviction')
    problems.push(`maxmemory-policy ${policy}: events would be thrown away`)
  const by = `names only: redis.conf of Debian's redis-server ${await versionOf(server, '--version')}`
  return { count: settings.length, of: 'settings of Redis', by, problems }
}
