/** The corpus of real bugs: the small models. */

import { it } from 'vitest'
import { expectBugAndFix, smallBugs } from '../support/bugs.ts'

it.each(smallBugs)('%s: every verdict is as expected, and one model holds all that the bug breaks', expectBugAndFix)
