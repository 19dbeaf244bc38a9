// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.handlers;

/**
 * A violation of APPSYNC_JS's rules, in the form of AWS's {@code CodeError}. Immutable.
 *
 * @param errorType {@code PARSE_ERROR} (seen at AWS), {@code UNSUPPORTED_SYNTAX_TYPE} or {@code
 *     RUNTIME_ERROR} (both inferred)
 * @param value the fault, for a person
 * @param line from 1
 * @param column from 1
 * @param span how many characters, at least 1
 */
public record CodeError(String errorType, String value, int line, int column, int span) {}
