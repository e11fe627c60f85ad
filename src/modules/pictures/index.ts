// Owns the pictures module's public face: pictures live in the shop's store, named after their content.
import { createQueue } from '../../lib/queue.ts'
import type { Core, Module } from '../../platform/module.ts'
import { addPictures, deleteUnnamed, type NamedUrls, type PicturesContext } from './actions.ts'
import { picturesBusy } from './errors.ts'
import { pictureRoutes } from './routes.ts'
import { pictureUrl } from './rules.ts'

export { holdPicture, holdPictures, holdPicturesOf, lostPictures } from './actions.ts'

export interface Pictures extends Module {
  /** Keeps SVG drawings of our own, under names that change with what is drawn. @returns their addresses */
  addDrawings(
    drawings: readonly { readonly name: string; readonly svg: string }[],
    now: number,
  ): Promise<string[]>
}

export interface PicturesNeeds {
  /** Everybody who may name a picture; what none of them names is deleted after a day. */
  readonly namedBy: readonly NamedUrls[]
}

const AT_ONCE = 2
/** Each holds a file in memory. */
const MAX_WAITING = 8
const HOUR = 3_600_000

export function createPictures(core: Core, { namedBy }: PicturesNeeds): Pictures {
  const { store } = core
  const busy = () => picturesBusy({ retryAfter: 2 })
  const ctx: PicturesContext = {
    store,
    inTurn: createQueue(AT_ONCE, MAX_WAITING, busy),
    alone: createQueue(1, MAX_WAITING, busy),
  }
  return {
    name: 'pictures',
    routes: (app) => pictureRoutes(app, core, ctx),
    events: [],
    consumers: [],
    checks: [],
    upkeep: [
      {
        name: 'delete-unnamed-pictures',
        everyMs: HOUR,
        run: (now) => deleteUnnamed(store, namedBy, now),
      },
    ],
    async addDrawings(drawings, now) {
      const rows = drawings.map(({ name, svg }) => ({
        name,
        content_type: 'image/svg+xml',
        content: Buffer.from(svg),
        created_at: now,
      }))
      await addPictures(store, rows)
      return rows.map(({ name }) => pictureUrl(name))
    },
  }
}
