#!/usr/bin/env node
import { listenForWriteErrors } from './print.js';
import { runCommandLine } from './run-command-line.js';

listenForWriteErrors();
process.exitCode = await runCommandLine(process.argv.slice(2));
