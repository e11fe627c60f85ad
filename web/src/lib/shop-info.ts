// Owns what anybody may know of the shop: its name and mark, currency, zone, languages, and whether it was set up.
import { queryOptions, useQuery } from '@tanstack/react-query'

import type { ShopInfo } from '../../../src/modules/shop/schema.ts'
import { api } from './api.ts'
import { keys } from './query-keys.ts'
import { orRemembered } from './remembered.ts'

const unknownShop: ShopInfo = {
  shop_name: '',
  currency: 'CNY',
  time_zone: 'Asia/Shanghai',
  show_stock: true,
  logo_url: null,
  brand_color: null,
  receipt_text: '',
  languages: ['zh-CN', 'en'],
  setup_needed: false,
  password_reset: false,
}

export const shopInfoQuery = queryOptions({
  queryKey: keys.shop,
  queryFn: () =>
    orRemembered('shop', async (signal) => {
      return (await api.get<{ item: ShopInfo }>('/shop', undefined, signal)).item
    }),
  staleTime: 60_000,
})

export function useShopInfoQuery() {
  return useQuery(shopInfoQuery)
}

/** The shop's facts, with plain defaults until they are here. */
export function useShopInfo(): ShopInfo {
  return useShopInfoQuery().data ?? unknownShop
}
