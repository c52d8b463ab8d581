/**
 * Failures whose message and stack trace are payloads, so that the payload codec covers them too
 * (D 7). Plain JavaScript because the SDK `require()`s it by path, and the bundler takes the same
 * path for the workflow side.
 */
import { DefaultFailureConverter } from '@temporalio/common';

export const failureConverter = new DefaultFailureConverter({ encodeCommonAttributes: true });
