import { spawnSync } from 'node:child_process';

export default function setup(): void {
  if (spawnSync('redis-server', ['--version']).error === undefined) return;
  throw new Error('redis-server is missing. Install it; on Debian: apt-get install redis-server');
}
