// Owns product pictures: square, lazily loaded, and a quiet mark where there is none.
import { useState } from 'react'

import { Icon } from './icon.tsx'
import styles from './picture.module.css'

interface PictureProps {
  readonly src: string | null
  /** Empty where the name stands beside it anyway. */
  readonly alt?: string
  readonly eager?: boolean
}

export function Picture({ src, alt = '', eager = false }: PictureProps) {
  const [broken, setBroken] = useState<string | null>(null)
  return (
    <span className={styles.frame}>
      {src && broken !== src ? (
        <img
          src={src}
          alt={alt}
          width={400}
          height={400}
          loading={eager ? 'eager' : 'lazy'}
          fetchPriority={eager ? 'high' : 'auto'}
          decoding="async"
          onError={() => setBroken(src)}
        />
      ) : (
        <Icon name="box" size={36} />
      )}
    </span>
  )
}
