import type { Socket } from 'node:net';
import type { Expectation } from './expectation.ts';
import type { ReceivedRequest } from './received-request.ts';

/** One request and the socket on which it came, as a fault sees them. */
export interface Exchange {
  readonly socket: Socket;
  readonly request: ReceivedRequest;
  /** 1 for the first request that is not a warm-up. */
  readonly nth: number;
  /** Whether the connection carried a request before this one. */
  readonly kept: boolean;
  /** This server's own origin. */
  readonly origin: string;
  /** Origin of the trap server, which only counts: nothing may ever arrive there. */
  readonly trap: string;
  /** The documented answer, as JSON. */
  readonly session: string;
  /** An answer that quotes everything that the vendor could know, in every form. */
  readonly hostile: string;
  /** Sends a whole answer and keeps the connection open. */
  reply(status: number, body: string | Buffer, headers?: AnswerHeaders): void;
}

/** Header lines; `undefined` leaves out a line that would be there by itself. */
export type AnswerHeaders = Readonly<Record<string, string | undefined>>;

/** Where the client is sent. Of the last three, no server can count anything. */
export type Place = 'http' | 'https' | 'nobody listening' | 'unknown name' | 'full backlog';

/** Options of a client, in milliseconds. */
export interface Times {
  readonly timeoutMs: number;
  readonly attemptTimeoutMs: number;
  readonly connectTimeoutMs: number;
}

/** For faults on which the client must give up by itself: three attempts fit into the time of a call. */
export const IMPATIENT: Times = { timeoutMs: 2_500, attemptTimeoutMs: 400, connectTimeoutMs: 250 };

/** How a server behaves. */
export interface Behavior {
  readonly name: string;
  /** Default: `http`. */
  readonly place?: Place;
  /** What a connection meets before anything is read from it. */
  readonly onConnection?: (socket: Socket) => void;
  /** What a whole request meets. */
  readonly onRequest?: (exchange: Exchange) => void;
  /** Calls at the same time that are answered well before the one that is measured. Default: none. */
  readonly warmUps?: number;
}

/** Something that goes wrong, and what must come of it. */
export interface Fault extends Behavior {
  /** How often `fetch` sends the request again by itself, unseen by its caller. Default: never. */
  readonly repeatedByFetch?: number;
  readonly expect: Expectation;
  /** How long the client waits. By default long enough, even on a machine with much to do. */
  readonly times?: Times;
}
