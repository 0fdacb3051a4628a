import type { Socket } from 'node:net';

const DRIP_EVERY_MS = 30;

/** Writes byte by byte, each a sign of life; then `filler`, if there is one, until the connection ends. */
export function drip(socket: Socket, bytes: Buffer, filler = ' '): void {
  let sent = 0;
  const timer = setInterval(() => {
    const piece = sent < bytes.length ? bytes.subarray(sent, sent + 1) : filler;
    sent++;
    if (piece.length > 0) socket.write(piece);
    else clearInterval(timer);
  }, DRIP_EVERY_MS);
  socket.once('close', () => clearInterval(timer));
}

/** Writes `piece` over and over, as fast as it is read, `times` times or until the connection ends. */
export function pour(socket: Socket, piece: Buffer, times: number, done: () => void = () => undefined): void {
  let left = times;
  const next = (): void => {
    while (left > 0 && !socket.destroyed) {
      left--;
      if (!socket.write(piece)) {
        socket.once('drain', next);
        return;
      }
    }
    if (left === 0) done();
  };
  next();
}
