// Owns deleting an account for good, after saying what goes and what stays.
import { Alert, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'

import type { User } from '../../../../src/modules/users/schema.ts'
import { ApiError } from '../../lib/api.ts'
import { showToast } from '../../ui/toast-store.ts'
import styles from './people.module.css'
import { useDeletePerson } from './queries.ts'

interface DeleteModalProps {
  readonly user: User
  readonly open: boolean
  readonly onClose: () => void
  readonly onDeleted: () => void
}

export function DeleteModal({ user, open, onClose, onDeleted }: DeleteModalProps) {
  const { t } = useTranslation()
  const remove = useDeletePerson(user.user_id)
  const hasOrders = remove.error instanceof ApiError && remove.error.code === 'USER_HAS_OPEN_ORDERS'
  const confirm = () =>
    remove.mutate(undefined, {
      onSuccess: () => {
        showToast({ tone: 'good', text: t('people.deleted') })
        onDeleted()
      },
    })
  return (
    <Modal
      title={t('people.deleteTitle', { name: user.display_name || user.username })}
      open={open}
      onCancel={onClose}
      afterClose={remove.reset}
      onOk={confirm}
      okText={t('people.delete')}
      okButtonProps={{ danger: true }}
      confirmLoading={remove.isPending}
      destroyOnHidden
    >
      <div className={styles.section}>
        {remove.error && (
          <Alert
            type="error"
            showIcon
            title={remove.error.message}
            {...(hasOrders && {
              description: (
                <Link to={`/office/orders?search=${encodeURIComponent(user.username)}`}>
                  {t('people.deleteSeeOrders')}
                </Link>
              ),
            })}
          />
        )}
        <ul className={styles.facts}>
          <li>{t('people.deleteErased')}</li>
          <li>{t('people.deleteKept')}</li>
          <li>{t('people.deleteOrders')}</li>
        </ul>
        <p>{t('people.deleteSure')}</p>
      </div>
    </Modal>
  )
}
