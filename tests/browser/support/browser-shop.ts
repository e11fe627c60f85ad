// Owns a shop together with browsers that look at it: pages for several people at once, each logged in apart.
import { cpSync, mkdirSync } from 'node:fs'

import type { APIRequestContext, Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, inject } from 'vitest'

import { launchChromium } from '../../support/chromium.ts'
import { type Server, startServer } from '../../support/server.ts'
import { tempDir } from '../../support/temp-dir.ts'
import { buildPages } from './build-pages.ts'
import { DEMO_PASSWORD } from './demo-password.ts'

export { DEMO_PASSWORD } from './demo-password.ts'

const PHONE = { width: 390, height: 844 }
const DESKTOP = { width: 1440, height: 900 }
/** Live updates are there within a second; a machine under load may take longer. */
const patience = 50_000

interface Visitor {
  /** A demo account; a guest without. */
  readonly as?: string
  readonly on?: 'phone' | 'desktop'
}

export interface BrowserShop {
  readonly server: Server
  /** A page in a browser profile of its own. */
  visit(visitor?: Visitor): Promise<Page>
  /** The API with this demo account's session. */
  api(username: string): Promise<Api>
}

/** What a test does behind the pages' backs; fails unless the server agrees. */
export interface Api {
  get<T>(path: string): Promise<T>
  post<T>(path: string, data: object): Promise<T>
  patch<T>(path: string, data: object): Promise<T>
}

/**
 * Opens a shop for the tests of this file. After each test its pages are closed, and must not have
 * reported a script error or a broken content policy; of a failed test they leave a picture.
 */
export function useBrowserShop({
  demo = true,
  env = {},
  motion = false,
}: {
  demo?: boolean
  env?: Readonly<Record<string, string>>
  /** As most people see it; a click may miss what moves on a busy machine. */
  motion?: boolean
} = {}): BrowserShop {
  let server: Server
  let browser: Browser
  let contexts: BrowserContext[] = []
  let problems: string[] = []

  beforeAll(async () => {
    buildPages()
    const dataDir = tempDir()
    if (demo) cpSync(inject('demoFolder'), dataDir, { recursive: true })
    server = await startServer({
      dataDir,
      command: demo ? 'demo' : 'serve',
      env: { PETSHOP_DEMO_PASSWORD: DEMO_PASSWORD, ...env },
    })
    browser = await launchChromium()
  })
  afterAll(async () => {
    await browser?.close()
    await server?.stop()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await takePictures(contexts, task.name)
    await Promise.all(contexts.map((context) => context.close()))
    const found = problems
    contexts = []
    problems = []
    expect(found).toEqual([])
  })

  async function newContext(visitor: Visitor): Promise<BrowserContext> {
    const context = await browser.newContext({
      baseURL: server.url,
      viewport: visitor.on === 'phone' ? PHONE : DESKTOP,
      reducedMotion: motion ? 'no-preference' : 'reduce',
      locale: 'zh-CN',
    })
    contexts.push(context)
    if (visitor.as) await logIn(context.request, server.url, visitor.as)
    return context
  }

  return {
    get server() {
      return server
    },
    async visit(visitor = {}) {
      const context = await newContext(visitor)
      const page = await context.newPage()
      page.setDefaultTimeout(patience)
      page.on('pageerror', (error) => problems.push(error.message))
      page.on('console', (message) => {
        if (message.type() === 'error' && !isRefusedRequest(message.text())) {
          problems.push(message.text())
        }
      })
      return page
    },
    async api(username) {
      const { request } = await newContext({ as: username })
      return apiOf(request, server.url)
    },
  }
}

/** The browser itself reports every answer from 400 up; which are right, the tests say. */
function isRefusedRequest(text: string): boolean {
  return text.startsWith('Failed to load resource')
}

async function logIn(request: APIRequestContext, origin: string, username: string): Promise<void> {
  const data = { username, password: DEMO_PASSWORD, cookie: true }
  const answer = await request.post('/api/login', { data, headers: { origin } })
  expect(answer.status(), await answer.text()).toBe(200)
}

function apiOf(request: APIRequestContext, origin: string): Api {
  const send = async <T>(method: string, path: string, data?: object): Promise<T> => {
    const answer = await request.fetch(path, {
      method,
      headers: { origin },
      ...(data && { data }),
    })
    expect(answer.ok(), await answer.text()).toBe(true)
    return (await answer.json()) as T
  }
  return {
    get: (path) => send('GET', path),
    post: (path, data) => send('POST', path, data),
    patch: (path, data) => send('PATCH', path, data),
  }
}

async function takePictures(contexts: readonly BrowserContext[], name: string): Promise<void> {
  mkdirSync('test-results', { recursive: true })
  const pages = contexts.flatMap((context) => context.pages())
  for (const [index, page] of pages.entries()) {
    const path = `test-results/${name.replaceAll(/\W+/g, '-')}-${index + 1}.png`
    await page.screenshot({ path }).catch(() => {})
  }
}
