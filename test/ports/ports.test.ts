/**
 * Models of others, written anew at the same granularity: the published numbers of states, and the published verdicts.
 */

import { describePorts } from './published.ts'
import { smallPorts } from './small.ts'

describePorts('a port has the size and the verdicts of its original', smallPorts)
