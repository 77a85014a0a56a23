#!/usr/bin/env node
import module from 'node:module'
import { prepare } from './prepare.mjs'

prepare()
// Node 22 and later: what is compiled once need not be compiled at the next start.
module.enableCompileCache?.()
await import('../dist/electron/cli.js')
