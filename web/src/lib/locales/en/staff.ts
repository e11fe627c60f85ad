// Owns the English texts that only staff see; a missing or superfluous key doesn't compile.
import type { StaffTexts } from '../zh-CN/index.ts'
import { catalogue } from './catalogue.ts'
import { counter } from './counter.ts'
import { desk } from './desk.ts'
import { office } from './office.ts'
import { paperwork } from './paperwork.ts'
import { people } from './people.ts'
import { sales } from './sales.ts'
import { upkeep } from './upkeep.ts'
import { watch } from './watch.ts'

export const enStaff: StaffTexts = {
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
