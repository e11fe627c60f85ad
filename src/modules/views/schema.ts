// Owns the wire types of saved views: a page's filters under a name of one's own.
import Type, { type Static } from 'typebox'
import { Id, named, oneOf, strict } from '../../lib/wire.ts'

/** The pages whose filters can be kept. */
const VIEW_PAGES = ['orders', 'stock'] as const
export type ViewPage = (typeof VIEW_PAGES)[number]

/** So many a person has of one page. */
export const MAX_VIEWS = 30

const ViewName = Type.String({
  minLength: 1,
  maxLength: 40,
  pattern: '^\\S([^\\p{Cc}\\p{Cs}]*\\S)?$',
})
/** As the page's address has them: what they mean is the page's business. */
const Filters = Type.Record(
  Type.String({ pattern: '^[a-z_]{1,30}$' }),
  Type.String({ minLength: 1, maxLength: 200 }),
  { ...strict, maxProperties: 12 },
)

export const SavedView = named(
  'SavedView',
  Type.Object({
    view_id: Id,
    page: oneOf(VIEW_PAGES),
    name: Type.String(),
    filters: Type.Record(Type.String(), Type.String()),
  }),
)
export type SavedView = Static<typeof SavedView>

export const NewView = named(
  'NewView',
  Type.Object({ page: oneOf(VIEW_PAGES), name: ViewName, filters: Filters }, strict),
)
export type NewView = Static<typeof NewView>

export const ViewPatch = named(
  'ViewPatch',
  Type.Partial(Type.Object({ name: ViewName, filters: Filters }), {
    ...strict,
    minProperties: 1,
  }),
)
export type ViewPatch = Static<typeof ViewPatch>

export const ViewQuery = Type.Object({ page: Type.Optional(oneOf(VIEW_PAGES)) }, strict)
