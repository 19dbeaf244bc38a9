// SPDX-License-Identifier: Apache-2.0
// Log records: each is one event, also when it has several lines. The simulator cuts the records out
// of the output by their marks, which are the same for all languages.
import { writeAll } from './runtime-api.mjs';

const BEGIN = '\0syncline-record:';
const END = '\0syncline-end\n';
const STDOUT = 1;

/** Writes one record at once, so that none is lost when the process ends. */
export function writeRecord(text) {
  writeAll(STDOUT, Buffer.from(BEGIN + text + END));
}
