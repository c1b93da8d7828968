/** Reductions on the specs of arm64. Run by `npm run test:large`. */

import { specFiles, testAgreement } from '../support/spec-agreement.ts'

testAgreement(
  specFiles.filter((file) => file.startsWith('specs/arm64-')),
  25,
)
