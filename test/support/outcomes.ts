/**
 * Outcomes of real checks, and the same with hostile names everywhere.
 */

import { checkModel } from '../../checker/check-model.ts'
import type { CheckOptions } from '../../checker/result.ts'
import type { Model } from '../../src/model/ir.ts'
import type { Outcome } from '../../src/report/outcome.ts'
import { toSaved } from '../../src/report/saved-trace.ts'
import { buildSpec } from '../../src/spec/bundle.ts'
import { hostileName } from './traces.ts'

/** Loaded as the command line loads it, so that places are those of the file. */
export async function outcomeOf(spec: string, name: string, options: CheckOptions = {}): Promise<Outcome> {
  const built = await buildSpec({ file: spec, cwd: process.cwd(), set: {}, wanted: [] })
  const model = built.models.find((one) => one.name === name)
  if (model === undefined) throw new Error(`${spec} has no model ${name}`)
  const result = await checkModel(model, { workers: 1, memoryBytes: 2 ** 26, ...options })
  const counterexamples = result.properties.flatMap(({ name, kind, reason, trace, verdict }) =>
    trace === null || verdict !== 'violated'
      ? []
      : [
          {
            property: name,
            trace: toSaved({ spec, model, property: name, kind, reason }, trace),
            file: `counterexamples/${name}.json`,
          },
        ],
  )
  return { spec, model, result, counterexamples }
}

/** Every name of the model, its labels, lanes, files and reasons replaced by an attack; nothing is as expected. */
export function hostile(outcome: Outcome): Outcome {
  const attack = (text: string): string => `${text}${hostileName}`
  const { model, result } = outcome
  const evil: Model = {
    ...model,
    name: attack(model.name),
    source: { file: attack('f'), line: 1 },
    properties: model.properties.map((one) => ({
      ...one,
      name: attack(one.name),
      source: { file: attack('f'), line: 2 },
    })),
    instances: model.instances.map((one) => ({
      ...one,
      label: attack(one.label),
      lane: attack(one.lane ?? ''),
      source: { file: attack('f'), line: 3 },
    })),
  }
  return {
    spec: attack(outcome.spec),
    model: evil,
    result: {
      ...result,
      name: attack(result.name),
      constants: { [hostileName]: hostileName },
      properties: result.properties.map((one) => ({
        ...one,
        name: attack(one.name),
        reason: [...one.reason, hostileName],
        asExpected: false,
      })),
    },
    counterexamples: outcome.counterexamples.map((one) => ({
      property: attack(one.property),
      file: one.file === null ? null : attack(one.file),
      trace: { ...one.trace, property: attack(one.property), reason: [hostileName] },
    })),
  }
}
