// Owns the title of the browser's tab: the page first, then the shop.
import { useEffect } from 'react'

import { useShopInfo } from './shop-info.ts'

export function useDocumentTitle(page: string): void {
  const { shop_name: shop } = useShopInfo()
  useEffect(() => {
    document.title = [page, shop].filter(Boolean).join(' · ')
  }, [page, shop])
}
