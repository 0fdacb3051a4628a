// The fault servers as a process: prints the port of their control, and ends when its input ends.
import { startControl } from './control.ts';

const control = await startControl();
console.log(control.port);
process.stdin.resume().once('end', () => process.exit());
