/**
 * Entry of the page: reads the data that the document carries, and draws.
 */

import { render } from 'preact'
import type { PageData } from '../page-data.ts'
import { App } from './app.tsx'
import './page.css'

const data: PageData = JSON.parse(document.getElementById('data')?.textContent ?? '')
const root = document.getElementById('page')
document.title = `${data.spec} · modelcheck`
if (root !== null) render(<App data={data} />, root)
