#!/usr/bin/env node
import process from 'node:process';
import { runCommand } from './command.ts';

void runCommand(process.argv.slice(2), { out: console.log, err: console.error }).then(({ exitCode, listening }) => {
  process.exitCode = exitCode;
  // Nothing is left to run once the port is closed, so the process ends by itself.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void listening?.close());
});
