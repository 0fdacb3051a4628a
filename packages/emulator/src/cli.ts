#!/usr/bin/env node
import process from 'node:process';
import { runCommand } from './command.ts';

void runCommand(process.argv.slice(2), { out: console.log, err: console.error }).then(({ exitCode, listening }) => {
  process.exitCode = exitCode;
  // Once the port is closed nothing keeps the process running.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => void listening?.close());
});
