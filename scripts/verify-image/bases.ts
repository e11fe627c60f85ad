// Owns the images that ours are made from, where no registry can be reached: Debian as its slim image is, with Node
// and npm for building, with nginx for the front end.
import { existsSync, mkdirSync, realpathSync, renameSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { inFolder, write } from '../verify-deploy/files.ts'
import { findProgram, must, program, root } from '../verify-deploy/tools.ts'
import { buildah, cache, hasImage } from './buildah.ts'

// The official slim image leaves out the same.
const LEFT_OUT = ['doc', 'info', 'locale', 'man'].map((name) => `/usr/share/${name}/*`)

/** Made once; `rm -rf node_modules/.cache/verify-image` has them made anew. */
export async function makeBases(): Promise<void> {
  if (!(await hasImage('base'))) await makeDebian()
  if (!(await hasImage('builder'))) await makeBuilder()
  if (!(await hasImage('nginx'))) await makeNginx()
}

async function makeDebian(): Promise<void> {
  mkdirSync(cache, { recursive: true })
  const tar = join(cache, 'debian.tar')
  if (!existsSync(tar)) {
    await must(await program('mmdebstrap'), [
      '--variant=apt',
      '--include=passwd,usr-is-merged',
      '--hook-dir=/usr/share/mmdebstrap/hooks/merged-usr',
      ...LEFT_OUT.map((path) => `--dpkgopt=path-exclude=${path}`),
      'bookworm',
      `${tar}.part.tar`,
      ...sourcesHere(),
    ])
    renameSync(`${tar}.part.tar`, tar)
  }
  const container = await buildah('from', 'scratch')
  await buildah('add', '-q', container, tar, '/')
  await buildah('commit', '-q', '--rm', container, 'base')
}

/** This machine's own, so that a mirror is used where there is one. */
function sourcesHere(): string[] {
  const sources = '/etc/apt/sources.list.d/debian.sources'
  return existsSync(sources) ? [sources] : []
}

async function makeBuilder(): Promise<void> {
  const cli = realpathSync(findProgram('npm') ?? '/usr/bin/npm')
  const npm = dirname(dirname(cli))
  // Its certificates are bound in while it builds, where this machine has some of its own.
  const lines = [
    'FROM localhost/base',
    'RUN apt-get update && apt-get install -y --no-install-recommends libatomic1',
    'COPY node /usr/local/bin/node',
    'COPY npm /usr/local/lib/node_modules/npm',
    'RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm',
    'ENV NODE_EXTRA_CA_CERTS=/etc/ssl/certs/ca-certificates.crt',
  ]
  await inFolder(async (folder) => {
    await must('cp', ['-rL', npm, join(folder, 'npm')])
    await must('cp', [process.execPath, join(folder, 'node')])
    const file = write(folder, 'Dockerfile', lines.join('\n'))
    await buildah('build', '-q', '--format', 'docker', '-f', file, '-t', 'builder', dirname(file))
  })
}

/** Like nginx-unprivileged: everything it writes is in /tmp, and it is nobody special. */
async function makeNginx(): Promise<void> {
  const paths = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
    (name) => `${name}_temp_path /tmp/${name};`,
  )
  const http = ['include /etc/nginx/mime.types;', 'sendfile on;', ...paths]
  const conf = `pid /tmp/nginx.pid;\nerror_log stderr;\nevents {}\nhttp {\n${http.join('\n')}\ninclude /etc/nginx/conf.d/*.conf;\n}\n`
  const lines = [
    'FROM localhost/base',
    'RUN apt-get update && apt-get install -y --no-install-recommends nginx-light wget',
    'COPY nginx.conf /etc/nginx/nginx.conf',
    'USER 101',
    'CMD ["nginx", "-g", "daemon off;"]',
  ]
  await inFolder(async (folder) => {
    write(folder, 'nginx.conf', conf)
    const file = write(folder, 'Dockerfile', lines.join('\n'))
    await buildah('build', '-q', '--format', 'docker', '-f', file, '-t', 'nginx', folder)
  })
}

/** What a build needs of this machine to reach the registries: certificates, and npm's settings. */
export function boundIn(): string[] {
  const home = process.env['HOME'] ?? '/root'
  const files = [
    ['/etc/ssl/certs', '/etc/ssl/certs'],
    [join(home, '.npmrc'), '/root/.npmrc'],
    ['/etc/npmrc', '/usr/local/etc/npmrc'],
  ]
  return files
    .filter(([from = '']) => existsSync(from))
    .flatMap(([from, to]) => ['--volume', `${from}:${to}:ro`])
}

export const recipes = {
  petshop: join(root, 'deploy/docker/Dockerfile'),
  'petshop-web': join(root, 'deploy/docker/web.Dockerfile'),
} as const
