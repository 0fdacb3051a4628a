// An app in which another package brings its own, later copy of the core.
import { createFaceVerify, FaceVerifyError } from '@faceverify/core';
import { sessionHandler as express } from '@faceverify/express';
import { sessionHandler as hono } from '@faceverify/hono';
import { sessionHandler as koa } from '@faceverify/koa';
import { createFaceVerify as createOther, FaceVerifyError as OtherError } from 'another-core';

const identify = () => ({ uniqueIdentifier: 'user-1' });
const onError = (error: OtherError): void => console.error(error.code, error.vendorMessage());
express({ identify, onError });
koa({ identify, onError });
hono({ identify, onError });
express({ identify, client: createOther() });
express({ identify, client: () => createOther() });

export const one: OtherError = new FaceVerifyError('timeout', 'late');
export const other: FaceVerifyError = new OtherError('timeout', 'late');
createFaceVerify({ onAttempt: ({ durationMs }) => console.log(durationMs) });

// @ts-expect-error -- Not every error is one.
express({ identify, onError: (error: RangeError & { answer: 42 }) => console.error(error.answer) });
