import { FaceVerifyError } from '@faceverify/core';
import type { TestApp, TestRequest } from '../support/test-app.ts';
import { contractRoutes } from './contract-routes.ts';
import { LOGIN_DOWN } from './route-context.ts';
import type { AppSettings } from './settings.ts';

/** An error that the app was told of, in every form in which it might be logged. */
export interface Note {
  /** `onError`, or the framework's own error handling. */
  readonly toldTo: 'onError' | 'framework';
  /** The visit whose native request came with the error to `onError`. */
  readonly visit: string | undefined;
  /** Whether it is the very object that `identify` threw. */
  readonly isLoginDown: boolean;
  readonly name: string | undefined;
  readonly code: string | undefined;
  readonly requestId: string | undefined;
  readonly message: string;
  readonly stack: string;
  readonly json: string;
}

/** The contract app of `settings`, to be mounted in a framework. */
export function contractApp({ prefix, parseBody, errorHandling, ...settings }: AppSettings): TestApp {
  const notes: Note[] = [];
  const note = (toldTo: Note['toldTo'], error: unknown, visit?: string): void => {
    notes.push({ toldTo, visit, isLoginDown: error === LOGIN_DOWN, ...wordsOf(error) });
  };
  const onError = (error: unknown, request: TestRequest): void => note('onError', error, request.header('x-visit'));
  return {
    prefix,
    parseBody,
    routes: contractRoutes(settings, onError),
    caught: errorHandling === 'default' ? undefined : (error) => note('framework', error),
    takeNotes: () => notes.splice(0),
  };
}

function wordsOf(error: unknown): Omit<Note, 'toldTo' | 'visit' | 'isLoginDown'> {
  return {
    name: error instanceof Error ? error.name : undefined,
    code: FaceVerifyError.is(error) ? error.code : undefined,
    requestId: FaceVerifyError.is(error) ? error.requestId : undefined,
    message: error instanceof Error ? error.message : String(error),
    stack: error instanceof Error ? (error.stack ?? '') : '',
    json: JSON.stringify(error),
  };
}
