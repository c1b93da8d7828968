/**
 * Entry of a worker thread.
 */

import workerpool from 'workerpool'
import { checkInThread } from './check-in-thread.ts'
import { takePart } from './explore/take-part.ts'

workerpool.worker({ takePart, checkInThread })
