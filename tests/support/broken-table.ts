// Owns making a table fail when it is written, as a full or damaged one does, on whichever engine it is.
import { sql } from 'kysely'
import type { Store } from '../../src/platform/db/store.ts'

/** From now on every such write fails with the word `broken`, if `when` holds, as in `new.user_id = 5`. */
export async function breakTable(
  store: Store,
  operation: 'insert' | 'update',
  table: string,
  when = '1 = 1',
): Promise<void> {
  const event = sql.raw(`before ${operation} on ${table}`)
  const condition = sql.raw(when)
  switch (store.dialect.name) {
    case 'sqlite':
      await sql`create trigger broken ${event} when ${condition}
        begin select raise(abort, 'broken'); end`.execute(store.db)
      return
    case 'mysql':
      await sql`create trigger broken ${event} for each row
        begin if ${condition} then signal sqlstate '45000' set message_text = 'broken'; end if; end`.execute(
        store.db,
      )
      return
    case 'postgres':
      await sql`create function break_it() returns trigger language plpgsql as
        $$ begin raise exception 'broken'; end $$`.execute(store.db)
      await sql`create trigger broken ${event} for each row when (${condition})
        execute function break_it()`.execute(store.db)
  }
}
