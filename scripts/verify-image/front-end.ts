// Owns running the front end's image beside the application's, in one network: pages, their headers, and the API.
import type { Finding } from '../verify-deploy/check.ts'
import { inFolder, textOf, write } from '../verify-deploy/files.ts'
import { until, withVolumes } from './application.ts'
import { withFiles } from './buildah.ts'
import { type Container, startContainer } from './container.ts'

export function checkFrontEnd(): Promise<Finding> {
  return withVolumes((base) =>
    inFolder((folder) =>
      withFiles('petshop-web', async (files) => {
        const api = await startContainer({ ...base, name: 'api' })
        await until('the application serves', () => api.output().includes('enter this code'))
        const web = await startContainer({
          ...{ name: 'web', image: 'petshop-web', folder, files, beside: api },
          volumes: { '/etc/nginx/conf.d/default.conf': forOldNginx(folder) },
        })
        await until('nginx is healthy by its own check', () => web.health()).catch((error) => {
          throw new Error(`${String(error)}\n${web.output()}`)
        })
        const problems = await problemsSeen(api)
        if ((await web.stop()) !== 0) problems.push(`nginx: ends badly\n${web.output()}`)
        await api.stop()
        const of = 'answers through nginx as user 101, read-only root'
        return { count: REQUESTS.length, of, by: 'runc, Debian’s nginx', problems }
      }),
    ),
  )
}

/** Debian's doesn't know `resolve` yet, and there is no name server here. */
function forOldNginx(folder: string): string {
  const text = textOf('deploy/nginx/container.conf')
  return write(
    folder,
    'site.conf',
    text.replace('server api:8080 resolve', 'server 127.0.0.1:8080'),
  )
}

const REQUESTS = [
  ['/', 200, 'content-security-policy', '.'],
  ['/', 200, 'cache-control', 'no-cache'],
  ['/office/system', 200, 'content-type', 'text/html'],
  ['/assets/there-is-none.js', 404, 'content-type', '.'],
  ['/api/inventory', 200, 'content-type', 'application/json'],
  ['/readyz', 200, 'content-type', 'application/json'],
] as const

async function problemsSeen(api: Container): Promise<string[]> {
  const asked = await api.exec('node', '--input-type=module', '-e', ASK, JSON.stringify(REQUESTS))
  return asked.code === 0 ? [] : [asked.output]
}

const ASK = `
let wrong = 0
for (const [path, status, header, like] of JSON.parse(process.argv[1])) {
  const answer = await fetch('http://127.0.0.1:8081' + path)
  const value = answer.headers.get(header) ?? ''
  if (answer.status === status && new RegExp(like).test(value)) continue
  wrong++
  console.log(path, answer.status, header + ':', value)
}
process.exit(wrong)`
