// Owns the numbers of a restored shop: those that were given out since the backup are not given again.
import type { Trx } from '../store.ts'

/** What may have been given out since nobody knows how long: printed orders and labels name their things for good. */
const MARGIN = 100_000
/** Of the streams' places; they move by a rule of their own. */
const STREAM = 'stream '

/** The next number of each sequence. */
export type Numbers = ReadonlyMap<string, number>

/**
 * Goes on where the shop that is replaced has come to, if it is further than the backup; else behind a margin.
 * @param reached of the shop that is replaced; empty when nobody can read it
 */
export async function raiseNumbers(trx: Trx, reached: Numbers): Promise<void> {
  const rows = await trx.selectFrom('sequences').selectAll().execute()
  const mine = new Map(rows.map((row) => [row.name, row.next_value]))
  const names = new Set([...mine.keys(), ...reached.keys()])
  for (const name of names) {
    if (name.startsWith(STREAM)) continue
    const [here, there] = [mine.get(name), reached.get(name) ?? 0]
    if (here === undefined) {
      await trx.insertInto('sequences').values({ name, next_value: there }).execute()
      continue
    }
    const next_value = there >= here ? there : here + MARGIN
    await trx.updateTable('sequences').set({ next_value }).where('name', '=', name).execute()
  }
}
