// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionCode;

/**
 * A deployment package, ready to be run. Immutable.
 *
 * @param sha256 of the package as it came, base64
 * @param size of the package as it came, in bytes
 * @param code where it lies
 */
record CodePackage(String sha256, long size, FunctionCode code) {}
