/**
 * SARIF 2.1.0: a result for each verdict that is not simply good, at the property's place in the spec, with the trace as a code
 * flow whose steps lead through the spec. An expected violation is a suppressed result.
 * Source: https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html.
 */

import type { PropertyResult } from '../../checker/result.ts'
import type { Source } from '../model/ir.ts'
import type { Problem } from '../model/problem.ts'
import { problemCodes } from '../model/problem.ts'
import { changesOf } from './changes.ts'
import { counterexampleOf, type Findings, type Outcome, placeOf, sentenceOf } from './outcome.ts'
import { shapeOf } from './shape.ts'
import { packageVersion } from './version.ts'

const kinds = {
  invariant: 'A state violates an invariant',
  step: 'A step violates a step property',
  deadlock: 'A state has no successor and is not terminal',
  check: 'A check inside an effect fails',
  liveness: 'A fair behaviour violates a temporal property',
  reachable: 'A wanted state cannot be reached',
  measure: 'A measure is not known',
  'model-error': 'A value leaves its domain, or the like',
} as const

export function toSarif({ outcomes, problems, interrupted }: Findings): unknown {
  const rules = [...Object.entries(kinds), ...Object.entries(problemCodes)].map(([id, text]) => ({
    id,
    shortDescription: { text },
  }))
  const driver = { name: 'modelcheck', version: packageVersion, semanticVersion: packageVersion, rules }
  return {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver },
        columnKind: 'utf16CodeUnits',
        ...(interrupted === null ? {} : { invocations: [interruption(interrupted)] }),
        results: [...outcomes.flatMap(resultsOf), ...problems.map(problemResult)],
      },
    ],
  }
}

/** Without it, a log without results would read as a success. */
function interruption(text: string): unknown {
  return { executionSuccessful: false, toolExecutionNotifications: [{ level: 'error', message: { text } }] }
}

function resultsOf(outcome: Outcome): readonly unknown[] {
  return outcome.result.properties
    .filter(({ verdict, asExpected }) => !asExpected || verdict === 'violated' || verdict === 'unreachable')
    .map((property) => resultOf(outcome, property))
}

function resultOf(outcome: Outcome, property: PropertyResult): unknown {
  const { model, result } = outcome
  const isOpen = property.verdict === 'inconclusive'
  const constants = Object.entries(result.constants).map(([name, value]) => ` ${name}=${value}`)
  const sentence = `${model.name}${constants.join('')}: ${sentenceOf(property)}`
  const found = counterexampleOf(outcome, property)
  return {
    ruleId: property.kind,
    level: isOpen ? 'warning' : property.asExpected ? 'note' : 'error',
    message: { text: [sentence, ...property.reason].join('\n') },
    locations: [locationOf(placeOf(outcome, property))],
    partialFingerprints: { 'claim/v1': `${outcome.spec} ${model.name} ${property.name}` },
    ...(property.asExpected
      ? { suppressions: [{ kind: 'inSource', justification: 'The model names it in expectViolated.' }] }
      : {}),
    ...(found === null ? {} : { codeFlows: [flowOf(outcome, property)] }),
    ...(found === null || found.file === null ? {} : { properties: { counterexample: found.file } }),
  }
}

function flowOf({ model }: Outcome, property: PropertyResult): unknown {
  const shape = shapeOf(model)
  const hidden = new Set(model.variables.filter((v) => v.role === 'control').map((v) => v.name))
  const steps = property.trace?.steps ?? []
  const locations = steps.map((step, i) => {
    const instance = step.instance === null ? undefined : model.instances[step.instance]
    const before = steps[i - 1]
    const changes = before === undefined ? [] : changesOf(before.state, step.state, { hidden, shape })
    const who = instance === undefined || instance.lane === null ? '' : `${instance.lane} `
    const what = instance === undefined ? 'initial state' : `${who}${instance.label}`
    const text = `${i}: ${what}${changes.length > 0 ? ` (${changes.join(', ')})` : ''}`
    return { location: { ...locationOf(instance?.source ?? model.source), message: { text } } }
  })
  return { threadFlows: [{ locations }] }
}

function problemResult({ code, message, hint, source }: Problem): unknown {
  return {
    ruleId: code,
    level: 'error',
    message: { text: `${message}\n${hint}` },
    ...(source === null ? {} : { locations: [locationOf(source)] }),
  }
}

/** Without a file there is still a message; a line is only given where it is known. */
function locationOf({ file, line }: Source): { readonly physicalLocation?: unknown } {
  if (file === '') return {}
  const uri = file.split('/').map(encodeURIComponent).join('/')
  return {
    physicalLocation: {
      artifactLocation: { uri },
      ...(line >= 1 ? { region: { startLine: line } } : {}),
    },
  }
}
