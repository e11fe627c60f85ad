// Owns the import from the first look at a file to the finished catalogue: which step is shown, and what is said of it.
import { Grid, Steps } from 'antd'
import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'

import { useLeaveGuard } from '../../lib/office/leave-guard.ts'
import { useConfirm } from '../../ui/office/use-confirm.ts'
import { ChooseStep } from './choose-step.tsx'
import { DoneStep } from './done-step.tsx'
import { ImportAnnouncer } from './import-announcer.tsx'
import styles from './import.module.css'
import { PastImports } from './past-imports.tsx'
import { ReportStep } from './report-step.tsx'
import { CheckingStep, ImportingStep, StoppedStep } from './running-steps.tsx'
import { type Stage, useImport } from './use-import.ts'

const steps = ['choose', 'check', 'import', 'done'] as const
const stepOf: Record<Stage['at'], (typeof steps)[number]> = {
  choose: 'choose',
  checking: 'check',
  checked: 'check',
  importing: 'import',
  stopped: 'import',
  done: 'done',
}

export function ImportWizard() {
  const { t } = useTranslation()
  const wide = Grid.useBreakpoint().md ?? true
  const work = useImport()
  const confirm = useConfirm()
  useLeaveGuard(work.stage.at === 'importing', () =>
    confirm({
      title: t('import.leaveTitle'),
      text: t('import.leaveText'),
      ok: t('import.leave'),
      cancel: t('import.stay'),
    }),
  )
  const box = useStepFocus(work.stage.at)
  const step = steps.indexOf(stepOf[work.stage.at])
  return (
    <div className={styles.wizard}>
      {wide ? (
        <Steps
          current={step}
          {...(work.stage.at === 'done' && { status: 'finish' })}
          items={steps.map((name) => ({ title: t(`import.steps.${name}`) }))}
        />
      ) : (
        <p className={styles.where}>
          {t('import.where', {
            step: step + 1,
            steps: steps.length,
            name: t(`import.steps.${steps[step] ?? 'choose'}`),
          })}
        </p>
      )}
      <ImportAnnouncer stage={work.stage} />
      <div ref={box} tabIndex={-1} className={styles.step}>
        <Step work={work} />
      </div>
      {work.stage.at === 'choose' && <PastImports />}
    </div>
  )
}

function Step({ work }: { work: ReturnType<typeof useImport> }) {
  const { stage, check, start, stop, again } = work
  switch (stage.at) {
    case 'choose':
      return <ChooseStep failure={stage.failure} onFile={check} />
    case 'checking':
      return <CheckingStep file={stage.file} progress={stage.progress} onStop={stop} />
    case 'checked':
      return (
        <ReportStep
          file={stage.file}
          report={stage.report}
          onFile={check}
          onStart={() => void start(stage.file)}
        />
      )
    case 'importing':
      return <ImportingStep file={stage.file} progress={stage.progress} onStop={stop} />
    case 'stopped':
      return (
        <StoppedStep
          progress={stage.progress}
          failure={stage.failure}
          onGoOn={() => void start(stage.file)}
          onOther={again}
        />
      )
    case 'done':
      return <DoneStep report={stage.report} onAgain={again} />
  }
}

/** The keyboard goes on where the new step begins; the first is left where the page begins. */
function useStepFocus(at: Stage['at']) {
  const box = useRef<HTMLDivElement>(null)
  const former = useRef(at)
  useEffect(() => {
    if (former.current !== at) box.current?.focus({ preventScroll: true })
    former.current = at
  }, [at])
  return box
}
