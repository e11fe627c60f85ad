// Owns changing one's saved views: names are unique for the page, and their number is bounded.
import type { Caller, Cause } from '../../lib/cause.ts'
import { defineError } from '../../lib/errors.ts'
import { type KeyedRequest, once } from '../../platform/db/idempotency.ts'
import type { Sequence } from '../../platform/db/sequences.ts'
import type { Store } from '../../platform/db/store.ts'
import { runAgain } from '../../platform/db/transactions.ts'
import { notFound } from '../../platform/http/errors.ts'
import { MAX_VIEWS, type NewView, type SavedView, type ViewPatch } from './schema.ts'
import { deleteView, findView, insertView, listViews, lockView, updateView } from './store.ts'

const tooMany = defineError('VIEWS_FULL', 409, {
  zh: `每个页面最多保存 ${MAX_VIEWS} 个视图，请先删除不用的。`,
  en: `At most ${MAX_VIEWS} views of a page are kept; delete one first.`,
})
const nameTaken = defineError('VIEW_NAME_TAKEN', 409, {
  zh: 'name：已有同名的视图。',
  en: 'name: you have a view of this name already.',
})

/** @throws VIEWS_FULL, VIEW_NAME_TAKEN */
export async function saveView(
  store: Store,
  viewIds: Sequence,
  { user_id }: Caller,
  cause: Cause,
  key: KeyedRequest | null,
  view: NewView,
): Promise<SavedView> {
  const [view_id = 0] = await viewIds.take(1)
  return nameConflicts(store, () =>
    store.transaction(
      (trx) =>
        once(store, trx, key, cause.now, async () => {
          const known = await listViews(trx, user_id, view.page)
          if (known.length >= MAX_VIEWS) throw tooMany()
          const made = { view_id, ...view }
          await insertView(trx, user_id, made, cause.now)
          return made
        }),
      { afterLostCommit: async () => (await findView(store.db, user_id, view_id)) ?? undefined },
    ),
  )
}

/** @throws NOT_FOUND, VIEW_NAME_TAKEN */
export function changeView(
  store: Store,
  { user_id }: Caller,
  cause: Cause,
  view_id: number,
  patch: ViewPatch,
): Promise<SavedView> {
  return nameConflicts(store, () =>
    store.transaction(async (trx) => {
      const view = await lockView(store, trx, user_id, view_id)
      if (!view) throw notFound()
      const changed = { ...view, ...patch }
      await updateView(trx, user_id, changed, cause.now)
      return changed
    }, runAgain),
  )
}

/** @throws NOT_FOUND */
export async function removeView(
  store: Store,
  { user_id }: Caller,
  view_id: number,
): Promise<void> {
  await store.transaction(
    async (trx) => {
      if (!(await deleteView(trx, user_id, view_id))) throw notFound()
      return 'removed'
    },
    {
      afterLostCommit: async () =>
        (await findView(store.db, user_id, view_id)) ? undefined : 'removed',
    },
  )
}

async function nameConflicts<T>(store: Store, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (store.dialect.classify(error) !== 'unique') throw error
    throw nameTaken({ details: [{ field: 'name', problem: 'is taken' }] })
  }
}
