// Owns the English texts as a whole; a missing or superfluous key doesn't compile.
import type { Texts } from '../zh-CN/index.ts'
import { common } from './common.ts'
import { security } from './security.ts'
import { shop } from './shop.ts'

export const en: Texts = { ...common, ...security, ...shop }
