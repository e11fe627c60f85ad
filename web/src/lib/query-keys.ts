// Owns the names under which answers of the server are kept, so that what changes can be refreshed.
import type { Language } from './i18n.ts'
import type { Query } from './api.ts'

export const keys = {
  me: ['me'] as const,
  sessions: ['sessions'] as const,
  shop: ['shop'] as const,
  settings: ['settings'] as const,

  inventory: ['inventory'] as const,
  products: (query: Query) => ['inventory', 'list', query] as const,
  product: (productId: number) => ['inventory', 'item', productId] as const,
  categories: ['inventory', 'categories'] as const,
  movements: (productId: number) => ['inventory', 'movements', productId] as const,
  prices: (productId: number) => ['inventory', 'prices', productId] as const,

  orders: ['orders'] as const,
  orderList: (query: Query) => ['orders', 'list', query] as const,
  order: (orderId: number) => ['orders', 'item', orderId] as const,

  /** The server words notifications in the caller's language, so each language has its own copy. */
  notifications: ['notifications'] as const,
  notificationList: (language: Language) => ['notifications', 'list', language] as const,
  notificationSummary: (language: Language) => ['notifications', 'summary', language] as const,

  sales: (query: Query) => ['sales', query] as const,

  customers: (search: string) => ['customers', search] as const,
  users: ['users'] as const,
  userList: (query: Query) => ['users', 'list', query] as const,
  user: (userId: number) => ['users', 'item', userId] as const,
  userSessions: (userId: number) => ['users', 'sessions', userId] as const,
  orderCount: (userId: number) => ['orders', 'count', userId] as const,

  system: ['system'] as const,
  backups: ['backups'] as const,
  deadLetters: ['system', 'dead-letters'] as const,
}
