// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

/**
 * A layer version as a function's configuration has it. Immutable. It keeps the content, because a
 * function works on when the version has been deleted.
 *
 * @param arn of the version
 * @param content the zip file
 */
record FunctionLayer(String arn, CodePackage content) {}
