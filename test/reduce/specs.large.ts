/**
 * Reductions on the specs, except those of arm64, which have a file of their own because they take longer than all others. Run by
 * `npm run test:large`.
 */

import { specFiles, testAgreement } from '../support/spec-agreement.ts'

testAgreement(
  specFiles.filter((file) => !file.startsWith('specs/arm64-')),
  60,
)
