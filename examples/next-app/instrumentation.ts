/** Only where the environment holds no keys: an emulator of FaceVerify. */
export async function register(): Promise<void> {
  if (process.env['NEXT_RUNTIME'] !== 'nodejs') return;
  const { startEmulator } = await import('../shared/emulator.ts');
  await startEmulator();
}
