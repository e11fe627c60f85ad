// Owns where short messages appear, and that screen readers hear them.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import { Icon } from './icon.tsx'
import { dismissToast, type Toast, useToasts } from './toast-store.ts'
import styles from './toasts.module.css'

export function Toasts() {
  const toasts = useToasts()
  return (
    <div className={styles.region} role="status" aria-live="polite" aria-relevant="additions">
      {toasts.map((toast) => (
        <ToastCard key={toast.id} toast={toast} />
      ))}
    </div>
  )
}

function ToastCard({ toast }: { toast: Toast }) {
  const { t } = useTranslation()
  const dismiss = () => dismissToast(toast.id)
  return (
    <div className={`${styles.toast} ${styles[toast.tone]}`}>
      <div className={styles.text}>
        {toast.to ? (
          <Link to={toast.to} onClick={dismiss} className={styles.link}>
            {toast.text}
          </Link>
        ) : (
          <strong>{toast.text}</strong>
        )}
        {toast.detail && <span className={styles.detail}>{toast.detail}</span>}
      </div>
      <button
        type="button"
        className={styles.close}
        onClick={dismiss}
        aria-label={t('actions.dismiss')}
      >
        <Icon name="close" size={18} />
      </button>
    </div>
  )
}
