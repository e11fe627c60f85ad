// Owns the mails that were given up: for whom, why, sending again and discarding.
import { Button, Empty, Grid, Space, Table } from 'antd'
import { useRef } from 'react'
import { useTranslation } from 'react-i18next'

import type { QueuedMail } from '../../../../src/modules/mail/schema.ts'
import { useFormat } from '../../lib/format.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { useFocusBack } from '../../ui/office/use-focus-back.ts'
import { LoadFailure } from '../../ui/office/load-failure.tsx'
import { useDeadMails, useDiscardMail, useRetryMail } from './queries.ts'
import styles from './system.module.css'

export function DeadMails() {
  const { t } = useTranslation()
  const { dateTime } = useFormat()
  const wide = Grid.useBreakpoint().md ?? true
  const mails = useDeadMails()
  const kindOf = useKindOf()
  const box = useRef<HTMLDivElement>(null)
  const toList = () => box.current?.focus({ preventScroll: true })
  if (mails.error) return <LoadFailure error={mails.error} onRetry={mails.retry} />
  const toWhom = ({ user_id }: QueuedMail) =>
    user_id === null ? t('mails.foundAtSending') : t('audit.account', { id: user_id })
  return (
    <div ref={box} tabIndex={-1}>
      <Table<QueuedMail>
        rowKey="mail_id"
        size="small"
        pagination={false}
        loading={mails.loading}
        dataSource={mails.items}
        locale={{
          emptyText: <Empty description={t('mails.none')} />,
        }}
        columns={[
          {
            title: t('mails.kind'),
            key: 'kind',
            ...(wide && { width: 150 }),
            render: (_, mail) => (
              <>
                {kindOf(mail)}
                {!wide && (
                  <>
                    <span className={styles.below}>{toWhom(mail)}</span>
                    <span className={styles.below}>{mail.error}</span>
                  </>
                )}
              </>
            ),
          },
          {
            title: t('mails.to'),
            key: 'to',
            width: 140,
            responsive: ['md'],
            render: (_, mail) => toWhom(mail),
          },
          {
            title: t('office.system.error'),
            dataIndex: 'error',
            ellipsis: true,
            responsive: ['md'],
          },
          {
            title: t('office.system.attempts'),
            dataIndex: 'attempts',
            align: 'right',
            width: 100,
            responsive: ['xl'],
          },
          {
            title: t('mails.at'),
            key: 'at',
            responsive: ['lg'],
            width: 170,
            render: (_, mail) => dateTime(mail.next_attempt_at),
          },
          {
            key: 'actions',
            title: <span className="visually-hidden">{t('office.actionsColumn')}</span>,
            width: 160,
            render: (_, mail) => <Actions mail={mail} onLeft={toList} />,
          },
        ]}
      />
      {mails.hasMore && (
        <Button size="small" type="link" loading={mails.loadingMore} onClick={mails.loadMore}>
          {t('actions.loadMore')}
        </Button>
      )}
    </div>
  )
}

interface ActionsProps {
  readonly mail: QueuedMail
  /** Its row goes, and the focus in it would be nowhere. */
  readonly onLeft: () => void
}

function Actions({ mail: { mail_id }, onLeft }: ActionsProps) {
  const { t } = useTranslation()
  const ask = useConfirm()
  const retry = useRetryMail()
  const discard = useDiscardMail()
  const buttons = useFocusBack(onLeft)
  const discardIt = async () => {
    const texts = { title: t('mails.discardTitle'), text: t('mails.discardText') }
    if (await ask({ ...texts, ok: t('mails.discard'), cancel: t('mails.keep') }))
      discard.mutate(mail_id, { onSuccess: onLeft })
  }
  return (
    <Space ref={buttons} size="small" wrap>
      <Button size="small" loading={retry.isPending} onClick={() => retry.mutate(mail_id)}>
        {t('mails.retry')}
      </Button>
      <Button size="small" danger loading={discard.isPending} onClick={() => void discardIt()}>
        {t('mails.discard')}
      </Button>
    </Space>
  )
}

/** Kinds of a later version have no words here. */
function useKindOf(): (mail: QueuedMail) => string {
  const { t } = useTranslation()
  const kinds: object = t('mails.kinds', { returnObjects: true })
  return ({ kind }) => (Object.hasOwn(kinds, kind) ? String(Reflect.get(kinds, kind)) : kind)
}
