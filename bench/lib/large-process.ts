// Owns making the grown shop as a process of its own: node lib/large-process.ts '{…LargeShop}'.
import { type LargeShop, makeLargeShop } from '../transfer-shop.ts'

const task = JSON.parse(process.argv[2] ?? '{}') as LargeShop
await makeLargeShop(task)
