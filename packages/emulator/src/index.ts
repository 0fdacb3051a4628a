/**
 * An emulator of the FaceVerify API that checks every signature, for development and tests.
 * It is this project's model of the vendor, not the vendor.
 *
 * @example
 * import { createFaceVerify } from '@faceverify/core';
 * import { createEmulator } from '@faceverify/emulator';
 *
 * const emulator = createEmulator();
 * const { apiKey, secretKey, fetch } = emulator;
 * const session = await createFaceVerify({ apiKey, secretKey, fetch }).createSession();
 *
 * @module
 */
export type { Refusal, RefusalCode } from './checks.ts';
export { createEmulator, type Emulator, type ListenOptions } from './emulator.ts';
export type { Fault, FaultName } from './faults.ts';
export type { EmulatorOptions } from './options.ts';
export type { ReceivedRequest } from './request-log.ts';
export type { Listening } from './server.ts';
export type { EmulatorSession, Outcome } from './sessions.ts';
