// Owns the shop's mark and name, the way home.
import { Link } from 'react-router'

import { useShopInfo } from '../lib/shop-info.ts'
import styles from './brand.module.css'

export function Brand({ to = '/' }: { to?: string }) {
  const { shop_name: name } = useShopInfo()
  return (
    <Link to={to} className={styles.brand}>
      <img src="/icon.svg" alt="" width={32} height={32} />
      <span>{name}</span>
    </Link>
  )
}
