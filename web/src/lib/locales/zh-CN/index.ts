// Owns the Chinese texts as a whole; the other language must have exactly these keys.
import { common } from './common.ts'
import { office } from './office.ts'
import { sales } from './sales.ts'
import { shop } from './shop.ts'

export const zhCN = { ...common, ...shop, ...office, ...sales }
export type Texts = typeof zhCN
