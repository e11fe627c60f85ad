// Owns running the application's image in its roles: served, healthy, sold from, backed up, ended in order.
import { chownSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { Finding } from '../verify-deploy/check.ts'
import { inFolder } from '../verify-deploy/files.ts'
import { withFiles } from './buildah.ts'
import { type Container, type ContainerOptions, startContainer } from './container.ts'

const USER = 10_001

/** The image's files and two volumes for the time of `work`. */
export function withVolumes<T>(
  work: (base: Omit<ContainerOptions, 'name'>) => Promise<T>,
): Promise<T> {
  return inFolder((folder) =>
    withFiles('petshop', (files) => {
      const volumes = Object.fromEntries(
        ['data', 'backup'].map((name) => {
          const path = join(folder, name)
          mkdirSync(path)
          chownSync(path, USER, USER)
          return [`/${name}`, path]
        }),
      )
      return work({ image: 'petshop', folder, files, volumes })
    }),
  )
}

export async function until(what: string, isTrue: () => Promise<boolean> | boolean): Promise<void> {
  for (let tries = 0; tries < 150; tries++) {
    if (await isTrue()) return
    await pause(200)
  }
  throw new Error(`not within 30 s: ${what}`)
}

export function checkRoles(): Promise<Finding> {
  return withVolumes(async (base) => {
    const steps: string[] = []
    const problems: string[] = []
    const expect = (what: string, right: boolean, told = '') => {
      steps.push(what)
      if (!right) problems.push(`not so: ${what}${told && `\n${told.trim()}`}`)
    }
    const api = await startContainer({ ...base, name: 'api', command: ['serve', '--no-worker'] })
    await until('it serves', () => api.output().includes('enter this code')).catch((error) => {
      throw new Error(`${String(error)}\n${api.output()}`)
    })
    const worker = await startContainer({
      ...base,
      name: 'worker',
      command: ['worker'],
      beside: api,
    })
    await confined(api, expect)
    await sells(api, expect, worker)
    await examined(api, expect)
    expect('the worker ends with 0 on SIGTERM', (await worker.stop()) === 0, worker.output())
    expect('the server ends with 0 on SIGTERM', (await api.stop()) === 0, api.output())
    return { count: steps.length, of: `things seen: ${steps.join('; ')}`, by: 'runc', problems }
  })
}

type Expect = (what: string, right: boolean, told?: string) => void

async function confined(api: Container, expect: Expect): Promise<void> {
  const status = (await api.exec('cat', '/proc/1/status')).output
  expect('healthy by its own check', await api.health())
  expect('user 10001', /^Uid:\t10001\t10001\t10001\t10001$/m.test(status), status)
  expect('no capability', /^CapEff:\t0+$/m.test(status), status)
  const writing = await api.exec('sh', '-c', 'touch /app/x /usr/x 2>&1')
  expect('its root is read-only', writing.output.includes('Read-only'), writing.output)
  const owned = await api.exec('find', '/app', '/usr/local/bin', '-user', '10001')
  expect('nothing of the program is its user’s', owned.output.trim() === '', owned.output)
  const tools = await api.exec('sh', '-c', 'command -v npm npx yarn corepack')
  expect('no npm', tools.code !== 0, tools.output)
}

/** The first owner, a product, an order: by HTTP from inside, since nobody outside can reach it. */
async function sells(api: Container, expect: Expect, worker: Container): Promise<void> {
  const code = /enter this code: (\S+)/.exec(api.output())?.[1] ?? ''
  const sold = await api.exec('node', '--input-type=module', '-e', SELL, code)
  expect(
    'an order is placed, and confirmed by the worker',
    sold.code === 0,
    `${sold.output}\n${worker.output()}`,
  )
}

const SELL = `
const call = async (method, path, body, token) => {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: 'Bearer ' + token }) }
  const answer = await fetch('http://127.0.0.1:8080/api' + path, { method, headers, body: body && JSON.stringify(body) })
  if (!answer.ok) throw new Error(path + ' ' + answer.status + ' ' + await answer.text())
  return answer.json()
}
const owner = { username: 'owner', password: 'a long password' }
await call('POST', '/setup', { ...owner, code: process.argv[1], email: 'owner@example.com', shop_name: 'Shop', currency: 'CNY', time_zone: 'Asia/Shanghai' })
const { token, user } = await call('POST', '/login', owner)
const { item } = await call('POST', '/inventory', { sku: 'A1', product_name: 'Cat food', price_cents: 4990, quantity: 10 }, token)
const me = await call('GET', '/me', undefined, token)
const { order_id } = await call('POST', '/orders', { user_id: me.item.user_id, items: [{ product_id: item.product_id, quantity: 2 }] }, token)
for (let i = 0; i < 150; i++) {
  const order = await call('GET', '/orders/' + order_id, undefined, token)
  if (order.item.status === 'confirmed') process.exit(0)
  await new Promise((resolve) => setTimeout(resolve, 200))
}
throw new Error('not confirmed within 30 s')`

async function examined(api: Container, expect: Expect): Promise<void> {
  const doctor = await api.exec('petshop', 'doctor')
  expect('the doctor finds nothing', doctor.code === 0, doctor.output)
  const backup = await api.exec('petshop-backup')
  expect('a backup is made and proved', backup.code === 0, backup.output)
  const cached = await api.exec('node', '-e', COMPILE_CACHE)
  expect(
    'what is compiled is not kept in a read-only root',
    cached.output.trim() === 'FAILED',
    cached.output,
  )
}

const COMPILE_CACHE = `
import('node:module').then(({ enableCompileCache, constants }) => {
  const { status } = enableCompileCache('/app/node_modules/.cache/petshop')
  console.log(Object.keys(constants.compileCacheStatus)[status])
})`
