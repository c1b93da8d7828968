/**
 * Lines that name a file.
 */

import { expect, it } from 'vitest'
import { withPath } from '../../src/report/wrap.ts'

it.each([
  ['beside the text where both fit', '  saved as', 'a/b.json', ['  saved as a/b.json']],
  ['below it where they do not', '  a name:', 'folder/file.json', ['  a name:', '    folder/file.json']],
  [
    'whole, if it is longer than a line: a broken one cannot be copied',
    '  a property with a name:',
    'a-folder/of-a/long-path.json',
    ['  a property with a', '    name:', '    a-folder/of-a/long-path.json'],
  ],
])('a path stands %s', (_, text, path, lines) => {
  expect(withPath(text, path, 20)).toEqual(lines)
})
