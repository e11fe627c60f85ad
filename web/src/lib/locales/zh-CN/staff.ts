// Owns the Chinese texts that only staff see: customers' pages don't load them.
import { catalogue } from './catalogue.ts'
import { office } from './office.ts'
import { people } from './people.ts'
import { sales } from './sales.ts'
import { upkeep } from './upkeep.ts'

export const zhCNStaff = { ...office, ...sales, ...people, ...upkeep, ...catalogue }
