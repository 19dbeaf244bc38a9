// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda;

import dev.syncline.sim.lambda.FunctionCode;

/**
 * An unpacked deployment package. Immutable.
 *
 * @param sha256 of the package as received, base64
 * @param size of the package as received, in bytes
 * @param code the location of the unpacked files
 */
record CodePackage(String sha256, long size, FunctionCode code) {}
