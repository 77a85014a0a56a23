import { describe, expect, test } from 'vitest'
import { applyEdits } from '#shared/graph/edits'
import { infer } from '#shared/graph/infer'
import { type Code, type Problem, type Severity, texts } from '#shared/problems'
import { problemTable } from './problemTable'

const severities: Partial<Record<Code, Severity>> = { empty: 'advice', noGradient: 'warning' }

describe('problems', () => {
  test('every text has its row', () => {
    const rows = new Set(problemTable.map((row) => row.code))
    // Those of training have theirs in training/misfits.test.ts.
    const others = /^(inputs?|classes|targets?)Misfit$|^lossNeeds|^ending|^softmax|^noLossWeight$|^nothingLearns$/
    expect(Object.keys(texts).filter((code) => !rows.has(code as Code) && !others.test(code))).toEqual([])
  })

  test.each(problemTable)('$code', ({ code, graph, message, at = 'x', field, mended }) => {
    const found = infer(graph).problems()
    const problem = found.find((p) => p.nodeId === at && p.code === code) as Problem
    expect(problem).toMatchObject({ code, message, severity: severities[code] ?? 'error' })
    expect(problem.field).toBe(field)
    if (mended === undefined) expect(problem.fix).toBeUndefined()
    else
      expect(
        infer(applyEdits(graph, problem.fix?.edits ?? []))
          .problems()
          .map((p) => p.code),
      ).toEqual(mended)
  })
})
