// The figures of docs/reliability.md and docs/scale.md, on the built packages: `npm run test:soak`.
// Needs node --expose-gc. Fault servers run in another process, so that what is measured here is the client alone.
import { brownOut, fullOutage } from './traffic.ts';
import { hugeAnswers, manyClients, manySessions } from './memory.ts';
import { drains } from './draining.ts';
import { type Figure, printFigures } from './figure.ts';
import { rotation } from './rotation.ts';
import { startFaultServers } from './fault-servers.ts';

const servers = await startFaultServers();
const figures: Figure[] = [];
for (const measure of [fullOutage, brownOut, hugeAnswers, manySessions, manyClients, drains, rotation]) {
  const began = performance.now();
  const measured = await measure(servers);
  console.error(`${measure.name}: ${Math.round((performance.now() - began) / 1_000)} s`);
  figures.push(...measured);
}
servers.stop();

printFigures(figures);
process.exitCode = figures.every(({ passed }) => passed) ? 0 : 1;
