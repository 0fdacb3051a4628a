/**
 * Values that must never come out anywhere, each made so that every encoding of it looks different:
 * with characters that JSON, URLs and base64 change.
 */
export const API_KEY = 'fv-client-7b1d-40aa';
export const SECRET_KEY = 'S3cr3t+/"\\%&=<x>-key-9f2c';
export const IDENTIFIER = 'person "42" / zoë+ö@example.test';
export const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.dGFpbnRlZC10b2tlbg.c2lnLW9mLXRva2Vu_tainted-token~';
export const SESSION_ID = 'session-5a7e-of-nobody-else';
/** The last part of a session's url: anyone who has it can act as the person. */
export const LINK = 'link-eyJz-c0ffee-of-nobody-else';
/** A cookie of the vendor's, which must not reach the visitor. */
export const VENDOR_COOKIE = 'vendor-cookie=tracks-you';
