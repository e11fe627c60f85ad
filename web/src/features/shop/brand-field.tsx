// Owns the shop's own colour in the form: chosen from a few or freely, shown as both themes will have it.
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'

import { tintsOf } from '../../../../src/lib/colour.ts'
import styles from './brand-field.module.css'

/** Colours that suit the warm pages; the first is what the pages have without one. */
const OWN = '#1d6b57'
const PRESETS = [OWN, '#285a97', '#6b4ea2', '#8a1f5c', '#ad4a3c', '#7a5a1e'] as const

interface BrandFieldProps {
  // Given by the form's item around it.
  readonly value?: string | null
  readonly onChange?: (colour: string | null) => void
}

export function BrandField({ value = null, onChange }: BrandFieldProps) {
  const { t } = useTranslation()
  const colour = value ?? OWN
  const choose = (next: string) => onChange?.(next === OWN ? null : next)
  const isMoved = tintsOf(colour, 'light').primary !== colour
  return (
    <div className={styles.field}>
      <div className={styles.choices} role="group" aria-label={t('shopSettings.names.brand_color')}>
        {PRESETS.map((preset) => (
          <button
            key={preset}
            type="button"
            className={styles.preset}
            style={{ background: preset }}
            aria-pressed={preset === colour}
            aria-label={t(`shopSettings.brandNames.${preset}`)}
            title={t(`shopSettings.brandNames.${preset}`)}
            onClick={() => choose(preset)}
          />
        ))}
        <label className={styles.free}>
          <input
            type="color"
            value={colour}
            onChange={(event) => choose(event.target.value.toLowerCase())}
          />
          {t('shopSettings.brandFree')}
        </label>
        {value !== null && (
          <Button type="text" onClick={() => onChange?.(null)}>
            {t('shopSettings.brandOwn')}
          </Button>
        )}
      </div>
      <div className={styles.previews}>
        <Preview colour={colour} theme="light" />
        <Preview colour={colour} theme="dark" />
      </div>
      <p className={styles.hint} aria-live="polite">
        {t(isMoved ? 'shopSettings.brandMoved' : 'shopSettings.brandText')}
      </p>
    </div>
  )
}

/** What customers meet: a button, and what is chosen. */
function Preview({ colour, theme }: { colour: string; theme: 'light' | 'dark' }) {
  const { t } = useTranslation()
  const { primary, soft, onPrimary } = tintsOf(colour, theme)
  return (
    <div className={styles.preview} data-theme={theme} aria-hidden="true">
      <span style={{ background: primary, color: onPrimary }}>{t('product.addToCart')}</span>
      <span style={{ background: soft, color: primary }}>{t('catalogue.all')}</span>
    </div>
  )
}
