// Owns the shop's mark and name, the way home. A wide logo is the name already written out.
import { useState } from 'react'
import { Link } from 'react-router'

import { useShopInfo } from '../lib/shop-info.ts'
import styles from './brand.module.css'

/** From this ratio of width to height on, a logo has letters rather than a picture. */
const wide = 1.8

export function Brand({ to = '/' }: { to?: string }) {
  const { shop_name: name, logo_url: logo } = useShopInfo()
  const [broken, setBroken] = useState<string | null>(null)
  const [writtenOut, setWrittenOut] = useState<string | null>(null)
  if (logo === null || broken === logo) {
    return (
      <Link to={to} className={styles.brand}>
        <img src="/icon.svg" alt="" width={32} height={32} />
        <span>{name}</span>
      </Link>
    )
  }
  return (
    <Link to={to} className={styles.brand}>
      <img
        src={logo}
        alt={name}
        className={styles.logo}
        onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
          setWrittenOut(naturalWidth >= wide * naturalHeight ? logo : null)
        }
        onError={() => setBroken(logo)}
      />
      {writtenOut !== logo && <span aria-hidden="true">{name}</span>}
    </Link>
  )
}
