// Owns the proof that the import rules bite: each is broken on purpose in a small tree of its own.
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

import { importBreaches, importRules } from '../../scripts/check-imports.ts'

// Who imports what; `type ` in front makes it a type import.
type Import = readonly [from: string, to: string]

const orders = 'src/modules/orders'
const inventory = 'src/modules/inventory'

const forbidden: readonly (readonly [rule: string, ...Import])[] = [
  ['lib-imports-nothing-of-ours', 'src/lib/money.ts', 'src/platform/config.ts'],
  ['lib-does-no-io', 'src/lib/money.ts', 'node:fs'],
  ['platform-knows-no-module', 'src/platform/config.ts', `${orders}/index.ts`],
  ['platform-knows-no-module', 'src/platform/config.ts', `type ${orders}/schema.ts`],
  ['tables-are-types', 'src/platform/db/open.ts', 'src/tables.ts'],
  ['tables-are-types', 'src/tables.ts', `${inventory}/movements-store.ts`],
  ['migrations-stand-alone', 'migrations/0001_users.ts', `${orders}/store.ts`],
  ['server-stays-in-src', 'src/platform/config.ts', 'scripts/build.ts'],
  ['server-packages-are-dependencies', 'src/app.ts', 'vitest'],
  ['import-exists', 'src/app.ts', 'no-such-package'],
  ['nobody-imports-composition', `${orders}/actions.ts`, 'src/app.ts'],
  ['nobody-imports-composition', 'src/platform/db/open.ts', 'migrations/0001_users.ts'],

  ['module-leftward', `${orders}/schema.ts`, `${orders}/rules.ts`],
  ['module-leftward', `${orders}/rules.ts`, `${orders}/store.ts`],
  ['module-leftward', `${orders}/refund-rules.ts`, `${orders}/numbering.ts`],
  ['module-leftward', `${orders}/numbering.ts`, `${orders}/refunds-store.ts`],
  ['module-leftward', `${orders}/store.ts`, `${orders}/actions.ts`],
  ['module-leftward', `${orders}/refunds-store.ts`, `type ${orders}/refund-actions.ts`],
  ['module-leftward', `${orders}/actions.ts`, `${orders}/routes.ts`],
  ['module-leftward', `${orders}/actions.ts`, `${orders}/consumers.ts`],
  ['module-leftward', `${orders}/routes.ts`, `${orders}/consumers.ts`],
  ['module-leftward', `${orders}/consumers.ts`, `${orders}/routes.ts`],
  ['module-leftward', `${orders}/routes.ts`, `${orders}/index.ts`],
  ['module-leftward', `${orders}/till/sale-store.ts`, `${orders}/till/sale-actions.ts`],

  ['rules-are-pure', `${orders}/rules.ts`, 'type kysely'],
  ['rules-are-pure', `${orders}/rules.ts`, 'node:crypto'],
  ['rules-are-pure', `${orders}/rules.ts`, 'typebox'],
  ['rules-are-pure', `${orders}/rules.ts`, `${inventory}/index.ts`],
  ['rules-are-pure', `${orders}/refund-rules.ts`, 'src/platform/config.ts'],
  ['rules-are-pure', `${orders}/schema.ts`, 'fastify'],

  ['module-through-index', `${orders}/actions.ts`, `${inventory}/actions.ts`],
  ['module-through-index', `${orders}/actions.ts`, `type ${inventory}/schema.ts`],
  ['module-through-index', 'src/app.ts', `${orders}/routes.ts`],
  ['module-through-index', 'src/demo/fill.ts', `${orders}/store.ts`],
  ['module-direction', `${inventory}/actions.ts`, `${orders}/index.ts`],
  ['module-direction', 'src/modules/users/actions.ts', `type ${orders}/index.ts`],
  ['module-direction', 'src/modules/users/actions.ts', `${inventory}/index.ts`],
  ['nobody-imports-notifications', `${orders}/actions.ts`, 'src/modules/notifications/index.ts'],
  ['nobody-imports-notifications', `${orders}/routes.ts`, 'type src/modules/reports/index.ts'],
  [
    'nobody-imports-notifications',
    'src/modules/reports/actions.ts',
    'src/modules/notifications/index.ts',
  ],

  ['kysely-only-in-stores', `${orders}/actions.ts`, 'kysely'],
  ['kysely-only-in-stores', `${orders}/routes.ts`, 'type kysely'],
  ['kysely-only-in-stores', 'src/demo/fill.ts', 'kysely'],
  ['kysely-only-in-stores', 'src/platform/http/server.ts', 'kysely'],
  ['database-drivers-only-in-platform', `${orders}/store.ts`, 'node:sqlite'],
  ['fastify-only-at-the-edge', `${orders}/actions.ts`, 'type fastify'],
  ['fastify-only-at-the-edge', `${orders}/consumers.ts`, '@fastify/cookie'],
  ['fastify-only-at-the-edge', 'src/lib/money.ts', 'fastify'],

  ['web-shares-little', 'web/src/lib/session.ts', `${orders}/schema.ts`],
  ['web-shares-little', 'web/src/lib/api.ts', `type ${orders}/index.ts`],
  ['web-shares-little', 'web/src/main.tsx', 'src/platform/config.ts'],
  ['web-layers', 'web/src/features/cart/cart.tsx', 'web/src/areas/shop/page.tsx'],
  ['web-layers', 'web/src/ui/button.tsx', 'web/src/features/cart/cart.tsx'],
  ['web-layers', 'web/src/lib/api.ts', 'web/src/ui/button.tsx'],
  ['web-layers', 'web/src/features/cart/cart.tsx', 'web/src/main.tsx'],
  ['web-areas-apart', 'web/src/areas/shop/page.tsx', 'web/src/areas/office/page.tsx'],
  ['web-features-apart', 'web/src/features/cart/cart.tsx', 'web/src/features/stock/table.tsx'],
  ['web-shop-stays-light', 'web/src/areas/shop/page.tsx', 'antd'],
  ['web-shop-stays-light', 'web/src/areas/shop/search.tsx', 'web/src/features/stock/table.tsx'],

  ['no-cycles', 'src/platform/events/outbox.ts', 'src/platform/events/relay.ts'],
]

/** What makes the last two of the list above wrong. */
const background: readonly Import[] = [
  ['web/src/features/stock/table.tsx', 'antd'],
  ['src/platform/events/relay.ts', 'src/platform/events/outbox.ts'],
]

const allowed: readonly Import[] = [
  ['src/lib/clock.ts', 'src/lib/time.ts'],
  ['src/lib/time.ts', 'type src/lib/clock.ts'], // types may go round
  ['src/lib/money.ts', 'src/lib/errors.ts'],
  ['src/platform/db/open.ts', 'kysely'],
  ['src/platform/db/open.ts', 'node:sqlite'],
  ['src/platform/db/open.ts', 'src/lib/errors.ts'],
  ['src/platform/db/transaction.ts', 'type src/tables.ts'],
  ['src/tables.ts', `type ${orders}/store.ts`],
  [`${orders}/store.ts`, 'type src/tables.ts'],
  [`${orders}/schema.ts`, 'typebox'],
  [`${orders}/rules.ts`, `${orders}/schema.ts`],
  [`${orders}/rules.ts`, 'src/lib/money.ts'],
  [`${orders}/refund-rules.ts`, `${orders}/rules.ts`],
  [`${orders}/numbering.ts`, 'node:crypto'],
  [`${orders}/numbering.ts`, `${orders}/rules.ts`],
  [`${orders}/store.ts`, 'kysely'],
  [`${orders}/store.ts`, `${orders}/numbering.ts`],
  [`${orders}/actions.ts`, `${orders}/store.ts`],
  [`${orders}/actions.ts`, `${inventory}/index.ts`],
  [`${orders}/actions.ts`, 'src/platform/db/transaction.ts'],
  [`${orders}/routes.ts`, 'fastify'],
  [`${orders}/routes.ts`, `${orders}/actions.ts`],
  [`${orders}/consumers.ts`, `${orders}/actions.ts`],
  [`${orders}/index.ts`, `${orders}/schema.ts`],
  [`${orders}/rules.test.ts`, `${orders}/rules.ts`],
  [`${orders}/rules.test.ts`, 'vitest'],
  ['src/modules/notifications/consumers.ts', `${orders}/index.ts`],
  ['src/app.ts', 'src/modules/notifications/index.ts'],
  ['src/app.ts', 'fastify'],
  ['src/cli/doctor.ts', `${orders}/index.ts`],
  ['migrations/index.ts', 'migrations/0001_users.ts'],
  ['src/cli/migrate.ts', 'migrations/index.ts'],
  ['migrations/0001_users.ts', 'kysely'],
  ['migrations/0001_users.ts', 'src/platform/db/dialect.ts'],
  ['web/src/lib/api.ts', `type ${orders}/schema.ts`],
  ['web/src/features/cart/cart.tsx', `${orders}/rules.ts`],
  ['web/src/features/cart/cart.tsx', 'src/lib/money.ts'],
  ['web/src/areas/shop/page.tsx', 'web/src/features/cart/cart.tsx'],
  ['web/src/areas/office/page.tsx', 'antd'],
  ['web/src/features/stock/table.tsx', 'antd'],
  ['web/src/ui/button.tsx', 'web/src/lib/api.ts'],
  ['web/src/main.tsx', 'web/src/areas/shop/page.tsx'],
]

const roots: string[] = []
let breaches: Awaited<ReturnType<typeof importBreaches>>

beforeAll(async () => {
  breaches = await importBreaches(
    plant([...forbidden.map(([, from, to]): Import => [from, to]), ...background]),
  )
})

afterAll(() => {
  for (const root of roots) rmSync(root, { recursive: true })
})

describe('import rules', () => {
  test.each(forbidden)('%s forbids %s to import %s', (rule, from, to) => {
    const target = bare(to).replace(/^node:(?!sqlite)/, '') // built-ins are reported without it
    const found = breaches.filter((breach) => breach.from === from && breach.to.includes(target))
    expect(found.map((breach) => breach.rule)).toContain(rule)
  })

  test('what the design allows is not reported', async () => {
    expect(await importBreaches(plant(allowed))).toEqual([])
  })

  test('every rule has been broken once', () => {
    expect(new Set(forbidden.map(([rule]) => rule))).toEqual(new Set(importRules))
  })

  test('a tree in which nothing was read is an error, not a pass', async () => {
    await expect(importBreaches(plant([]))).rejects.toThrow('Only 0 modules')
  })
})

function bare(target: string): string {
  return target.replace(/^type /, '')
}

/** Makes a tree of files with these imports, and returns its folder. */
function plant(edges: readonly Import[]): string {
  const root = mkdtempSync(join(tmpdir(), 'import-rules-'))
  roots.push(root)
  for (const shared of ['node_modules', 'package.json']) {
    symlinkSync(join(import.meta.dirname, '../..', shared), join(root, shared))
  }
  const files = new Map<string, string[]>()
  for (const [from, to] of edges) {
    const local = /^(src|web|migrations|scripts)\//.test(bare(to))
    if (local && !files.has(bare(to))) files.set(bare(to), [])
    const path = local ? `./${relative(dirname(from), bare(to))}` : bare(to)
    const line = to.startsWith('type ') ? `import type {} from '${path}'` : `import '${path}'`
    files.set(from, [...(files.get(from) ?? []), line])
  }
  for (const [file, lines] of files) {
    mkdirSync(join(root, dirname(file)), { recursive: true })
    writeFileSync(join(root, file), lines.join('\n'))
  }
  return root
}
