/**
 * The report of random runs: what `simulate --json` prints. Its parts are those of the report of a check; there are no
 * figures of a state space, and no verdict but `violated`, because random runs prove nothing.
 */

import * as t from 'io-ts'
import { errorCodec, traceCodec } from './report.ts'

const violationCodec = t.readonly(
  t.type({
    name: t.string,
    kind: t.string,
    verdict: t.literal('violated'),
    asExpected: t.boolean,
    trace: traceCodec,
    reason: t.readonlyArray(t.string),
  }),
)

export const simulationCodec = t.readonly(
  t.type({
    version: t.string,
    spec: t.string,
    seed: t.number,
    errors: t.readonlyArray(errorCodec),
    models: t.readonlyArray(
      t.readonly(
        t.type({
          name: t.string,
          constants: t.readonly(t.record(t.string, t.union([t.boolean, t.number, t.string]))),
          /** False when the time was up or SIGINT came before all runs were made. */
          complete: t.boolean,
          reason: t.union([t.string, t.null]),
          runs: t.number,
          steps: t.number,
          properties: t.readonlyArray(violationCodec),
        }),
      ),
    ),
  }),
)

export type SimulationReport = t.TypeOf<typeof simulationCodec>
