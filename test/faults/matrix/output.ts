/** Keeps what this process prints, by whatever way, in between `start` and `stop`. */
export function captureOutput(): { start(): void; stop(): void; text(): string } {
  const streams = [process.stdout, process.stderr];
  const originals = streams.map((stream) => stream.write.bind(stream));
  const pieces: string[] = [];
  return {
    start() {
      for (const stream of streams) {
        stream.write = (piece: string | Uint8Array, ...rest: readonly unknown[]) => {
          pieces.push(typeof piece === 'string' ? piece : Buffer.from(piece).toString('utf8'));
          const callback = rest.find((argument) => typeof argument === 'function');
          callback?.();
          return true;
        };
      }
    },
    stop() {
      streams.forEach((stream, at) => {
        stream.write = originals[at] ?? stream.write;
      });
    },
    text: () => pieces.join(''),
  };
}
