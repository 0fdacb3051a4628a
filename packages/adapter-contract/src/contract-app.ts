import { FaceVerifyError, type SessionRouteOptions, type Source } from '@faceverify/core';
import { environmentScenarios, LOGIN_DOWN, type Scenario, scenariosOf, type View } from './scenarios.ts';
import type { AppSettings } from './settings.ts';

export type { AppSettings } from './settings.ts';

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

/** What an adapter mounts to join the contract. */
export interface ContractApp<Native> {
  /** Every route, with its options turned to the framework's own request. */
  readonly scenarios: readonly Scenario<Native>[];
  /** To be called by the framework's error handling, which then answers in its own way. */
  readonly caught: (error: unknown) => void;
  /** The notes since the last call, to be answered as JSON at `/notes`. */
  readonly takeNotes: () => readonly Note[];
}

/**
 * The contract app of `settings` for one framework.
 *
 * @param viewOf Shows the framework's request to the scenarios.
 */
export function contractApp<Native>(settings: AppSettings, viewOf: (native: Native) => View): ContractApp<Native> {
  const notes: Note[] = [];
  const note = (toldTo: Note['toldTo'], error: unknown, visit?: string): void => {
    notes.push({ toldTo, visit, isLoginDown: error === LOGIN_DOWN, ...wordsOf(error) });
  };
  const onError = (error: unknown, view: View): void => note('onError', error, view.header('x-visit'));
  const scenarios = settings.keys === 'given' ? scenariosOf(settings, onError) : environmentScenarios(onError);
  return {
    scenarios: scenarios.map((scenario) => nativeScenario(scenario, viewOf)),
    caught: (error) => note('framework', error),
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

function nativeScenario<Native>(
  { path, middleware, mounted, attached }: Scenario<View>,
  viewOf: (native: Native) => View,
): Scenario<Native> {
  return {
    path,
    ...(middleware && { middleware: { source: nativeSource(middleware.source, viewOf) } }),
    ...(mounted && { mounted: nativeOptions(mounted, viewOf) }),
    ...(attached && { attached: (client, native) => attached(client, viewOf(native)) }),
  };
}

function nativeSource<Native>(
  source: Source<View> | undefined,
  viewOf: (native: Native) => View,
): Source<Native> | undefined {
  return typeof source === 'function' ? (native) => source(viewOf(native)) : source;
}

function nativeOptions<Native>(
  { identify, client, onError, ...rest }: SessionRouteOptions<View>,
  viewOf: (native: Native) => View,
): SessionRouteOptions<Native> {
  return {
    ...rest,
    identify: (native) => identify(viewOf(native)),
    client: nativeSource(client, viewOf),
    ...(onError && { onError: (error, native) => onError(error, viewOf(native)) }),
  };
}
