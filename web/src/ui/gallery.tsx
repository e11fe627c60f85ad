// Owns several pictures of one thing: swiped on a phone, turned by buttons, small pictures or arrow keys elsewhere.
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'

import styles from './gallery.module.css'
import { Icon } from './icon.tsx'
import { Picture } from './picture.tsx'

interface GalleryProps {
  readonly pictures: readonly string[]
  /** What they show. */
  readonly name: string
}

export function Gallery({ pictures, name }: GalleryProps) {
  const { t } = useTranslation()
  const track = useRef<HTMLUListElement>(null)
  const [index, setIndex] = useState(0)
  const count = pictures.length
  if (count < 2) return <Picture src={pictures[0] ?? null} alt={name} eager />

  const turnTo = (next: number) => {
    const element = track.current
    const to = Math.min(Math.max(next, 0), count - 1)
    // How it moves is the style's affair: not at all for whoever wants no motion.
    element?.scrollTo({ left: to * element.clientWidth })
    setIndex(to)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const to = placeOf(event.key, index, count)
    if (to === null) return
    event.preventDefault()
    turnTo(to)
  }
  const onScroll = () => {
    const { scrollLeft = 0, clientWidth = 1 } = track.current ?? {}
    setIndex(Math.round(scrollLeft / Math.max(clientWidth, 1)))
  }
  const alt = (number: number) => t('product.pictureOf', { name, number, count })
  return (
    <section className={styles.gallery} aria-label={t('product.pictures', { name })}>
      <div className={styles.stage}>
        <ul
          ref={track}
          className={styles.track}
          // It scrolls: keys must reach it.
          tabIndex={0}
          aria-label={t('product.pictureCount', { count })}
          onKeyDown={onKeyDown}
          onScroll={onScroll}
        >
          {pictures.map((src, i) => (
            <li key={src} aria-hidden={i !== index}>
              <Picture src={src} alt={alt(i + 1)} eager={i === 0} />
            </li>
          ))}
        </ul>
        <Turn to="back" disabled={index === 0} onTurn={() => turnTo(index - 1)} />
        <Turn to="forward" disabled={index === count - 1} onTurn={() => turnTo(index + 1)} />
        <p className={styles.counter} aria-hidden="true">
          {index + 1} / {count}
        </p>
        <p className="visually-hidden" aria-live="polite">
          {index > 0 && alt(index + 1)}
        </p>
      </div>
      <ul className={styles.thumbs}>
        {pictures.map((src, i) => (
          <li key={src}>
            <button
              type="button"
              aria-label={alt(i + 1)}
              aria-current={i === index}
              onClick={() => turnTo(i)}
            >
              <Picture src={src} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}

interface TurnProps {
  readonly to: 'back' | 'forward'
  readonly disabled: boolean
  readonly onTurn: () => void
}

function Turn({ to, disabled, onTurn }: TurnProps) {
  const { t } = useTranslation()
  return (
    <button
      type="button"
      className={styles.turn}
      data-to={to}
      disabled={disabled}
      aria-label={t(to === 'back' ? 'product.pictureBefore' : 'product.pictureAfter')}
      onClick={onTurn}
    >
      <Icon name={to} size={20} />
    </button>
  )
}

/** Where a key leads; null for one that leads nowhere. */
function placeOf(key: string, index: number, count: number): number | null {
  switch (key) {
    case 'ArrowLeft':
      return index - 1
    case 'ArrowRight':
      return index + 1
    case 'Home':
      return 0
    case 'End':
      return count - 1
    default:
      return null
  }
}
