// Owns one of a product's pictures in the form: what it looks like, its place, and taking it away.
import { CloseOutlined, LeftOutlined, RightOutlined } from '@ant-design/icons'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { Picture } from '../../ui/picture.tsx'
import styles from './picture-field.module.css'

interface PictureTileProps {
  readonly address: string
  readonly index: number
  readonly count: number
  readonly onMove: (to: number) => void
  readonly onRemove: () => void
}

export function PictureTile({ address, index, count, onMove, onRemove }: PictureTileProps) {
  const { t } = useTranslation()
  const number = index + 1
  return (
    <div className={styles.tile}>
      <Picture src={address} alt={t('editor.picture.nth', { number })} />
      {index === 0 && <span className={styles.cover}>{t('editor.picture.cover')}</span>}
      <div className={styles.tileTools}>
        <Button
          size="small"
          icon={<LeftOutlined />}
          disabled={index === 0}
          aria-label={t('editor.picture.earlier', { number })}
          onClick={() => onMove(index - 1)}
        />
        <Button
          size="small"
          icon={<RightOutlined />}
          disabled={index === count - 1}
          aria-label={t('editor.picture.later', { number })}
          onClick={() => onMove(index + 1)}
        />
        <Button
          size="small"
          danger
          icon={<CloseOutlined />}
          aria-label={t('editor.picture.removeNth', { number })}
          onClick={onRemove}
        />
      </div>
    </div>
  )
}
