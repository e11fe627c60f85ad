// Owns the Chinese texts as a whole; the other language must have exactly these keys.
import { common } from './common.ts'
import { security } from './security.ts'
import { shop } from './shop.ts'
import type { zhCNStaff } from './staff.ts'

export const zhCN = { ...common, ...security, ...shop }
export type Texts = typeof zhCN
export type StaffTexts = typeof zhCNStaff
