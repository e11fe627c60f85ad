// Owns the addresses of downloads: the browser fetches them itself, with its cookie.
import { queryString, type Query } from '../api.ts'

export function exportPath(path: string, query: Query = {}): string {
  return `/api${path}${queryString(query)}`
}
