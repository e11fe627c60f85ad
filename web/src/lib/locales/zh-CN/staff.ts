// Owns the Chinese texts that only staff see: customers' pages don't load them.
import { catalogue } from './catalogue.ts'
import { counter } from './counter.ts'
import { desk } from './desk.ts'
import { office } from './office.ts'
import { paperwork } from './paperwork.ts'
import { people } from './people.ts'
import { sales } from './sales.ts'
import { upkeep } from './upkeep.ts'
import { watch } from './watch.ts'

export const zhCNStaff = {
  ...office,
  ...sales,
  ...people,
  ...upkeep,
  ...catalogue,
  ...counter,
  ...paperwork,
  ...desk,
  ...watch,
}
