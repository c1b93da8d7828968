/** The corpus of real bugs: those on the arm64 kit. */

import { it } from 'vitest'
import { arm64Bugs, expectBugAndFix } from '../support/bugs.ts'

it.each(arm64Bugs)('%s: every verdict is as expected, and one model holds all that the bug breaks', expectBugAndFix)
