import { UnstyledButton } from '@mantine/core'
import classes from './curves.module.css'
import type { Line } from './line'

export interface LegendEntry {
  readonly line: Line
  readonly shown: boolean
  readonly value: string
}

/** Names the curves, tells their values at the cursor, and switches them off and on. */
export function Legend({
  entries,
  onToggle,
}: {
  readonly entries: readonly LegendEntry[]
  onToggle(key: string): void
}) {
  return (
    <div className={classes.legend}>
      {entries.map(({ line, shown, value }) => (
        <UnstyledButton
          key={line.key}
          className={classes.entry}
          fz="inherit"
          aria-pressed={shown}
          onClick={() => onToggle(line.key)}
        >
          <svg width="20" height="8" aria-hidden="true">
            <line
              x1="0"
              x2="20"
              y1="4"
              y2="4"
              stroke={line.color}
              strokeWidth="2"
              strokeDasharray={line.dash?.map((d) => d / 1.5).join(' ')}
              opacity={shown ? 1 : 0.4}
            />
          </svg>
          {line.label}
          <span className={classes.value}>{value}</span>
        </UnstyledButton>
      ))}
    </div>
  )
}
