// Owns the names under which answers of the server are kept, so that what changes can be refreshed.
import type { Language } from './i18n.ts'
import type { Query } from './api.ts'

export const keys = {
  me: ['me'] as const,
  sessions: ['sessions'] as const,
  secondFactor: ['second-factor'] as const,
  addresses: ['addresses'] as const,
  shop: ['shop'] as const,
  settings: ['settings'] as const,

  inventory: ['inventory'] as const,
  products: (query: Query) => ['inventory', 'list', query] as const,
  suggestions: (search: string) => ['inventory', 'suggestions', search] as const,
  product: (productId: number) => ['inventory', 'item', productId] as const,
  tillProducts: (search: string) => ['inventory', 'till', search] as const,
  categories: ['inventory', 'categories'] as const,
  movements: (productId: number) => ['inventory', 'movements', productId] as const,
  prices: (productId: number) => ['inventory', 'prices', productId] as const,

  views: (page: string) => ['views', page] as const,
  /** Under `inventory`: what moves stock changes them as well. */
  counts: ['inventory', 'counts'] as const,
  countList: (query: Query) => ['inventory', 'counts', 'list', query] as const,
  count: (countId: number) => ['inventory', 'counts', 'item', countId] as const,
  countLines: (countId: number) => ['inventory', 'counts', 'lines', countId] as const,
  documents: (query: Query) => ['inventory', 'documents', query] as const,
  imports: ['inventory', 'imports'] as const,
  keptOfImport: (importId: number) => ['inventory', 'imports', 'kept', importId] as const,

  orders: ['orders'] as const,
  orderList: (query: Query) => ['orders', 'list', query] as const,
  order: (orderId: number) => ['orders', 'item', orderId] as const,
  counterSale: (orderId: number) => ['orders', 'counter', orderId] as const,

  notificationPreferences: ['notification-preferences'] as const,
  /** The server words notifications in the caller's language, so each language has its own copy. */
  notifications: ['notifications'] as const,
  notificationList: (language: Language) => ['notifications', 'list', language] as const,
  notificationSummary: (language: Language) => ['notifications', 'summary', language] as const,

  sales: (query: Query) => ['sales', query] as const,
  allSales: ['sales'] as const,
  today: ['today'] as const,
  /** What the command palette found for a text. */
  palette: (what: string, text: string) => ['palette', what, text] as const,

  customers: (search: string) => ['customers', search] as const,
  users: ['users'] as const,
  userList: (query: Query) => ['users', 'list', query] as const,
  user: (userId: number) => ['users', 'item', userId] as const,
  userSessions: (userId: number) => ['users', 'sessions', userId] as const,
  orderCount: (userId: number) => ['orders', 'count', userId] as const,

  system: ['system'] as const,
  backups: ['backups'] as const,
  audit: (query: Query) => ['audit', query] as const,
  webhooks: ['webhooks'] as const,
  deadLetters: ['system', 'dead-letters'] as const,
  deadMails: ['system', 'mails', 'dead'] as const,
}
