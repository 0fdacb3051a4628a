// A web application under load, in a process of its own: node app.mjs MODULE VARIANT BASE_URL
// MODULE exports create(variant, baseUrl), a function that answers requests of node:http. Each message is answered
// with the CPU time used so far.
import { createServer } from 'node:http';

const [modulePath, variant, baseUrl] = process.argv.slice(2);
const { create } = await import(modulePath);
const server = createServer(await create(variant, baseUrl));
server.keepAliveTimeout = 600_000;
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }));

process.on('message', () => {
  const { user, system } = process.cpuUsage();
  process.send({ cpuUs: user + system });
});
process.on('disconnect', () => process.exit());
