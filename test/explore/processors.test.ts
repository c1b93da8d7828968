import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { processors, quota } from '../../checker/processors.ts'

let root = ''

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'modelcheck-processors-'))
})

afterEach(() => {
  rmSync(root, { recursive: true })
})

const write = (files: Readonly<Record<string, string>>): void => {
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, name)), { recursive: true })
    writeFileSync(join(root, name), text)
  }
}

test('a container reads its quota at the root of what it sees', () => {
  write({ 'proc/self/cgroup': '0::/\n', 'sys/fs/cgroup/cpu.max': '150000 100000\n' })
  expect(quota(root)).toBe(1.5)
})

test('no quota, or no control groups at all, is no limit', () => {
  expect(quota(root)).toBe(Number.POSITIVE_INFINITY)
  write({ 'proc/self/cgroup': '0::/a\n', 'sys/fs/cgroup/a/cpu.max': 'max 100000\n' })
  expect(quota(root)).toBe(Number.POSITIVE_INFINITY)
})

test('a group above may allow less than its own', () => {
  write({
    'proc/self/cgroup': '0::/user.slice/job\n',
    'sys/fs/cgroup/user.slice/cpu.max': '200000 100000\n',
    'sys/fs/cgroup/user.slice/job/cpu.max': '800000 100000\n',
  })
  expect(quota(root)).toBe(2)
})

test('version 1 has a group of its own for processors, in two files', () => {
  write({
    'proc/self/cgroup': '4:memory:/job\n3:cpu,cpuacct:/job\n0::/\n',
    'sys/fs/cgroup/cpu/job/cpu.cfs_quota_us': '50000\n',
    'sys/fs/cgroup/cpu/job/cpu.cfs_period_us': '20000\n',
    'sys/fs/cgroup/cpu/cpu.cfs_quota_us': '-1\n',
    'sys/fs/cgroup/cpu/cpu.cfs_period_us': '100000\n',
  })
  expect(quota(root)).toBe(2.5)
})

test('there is a processor to use here', () => {
  expect(processors()).toBeGreaterThanOrEqual(1)
})
