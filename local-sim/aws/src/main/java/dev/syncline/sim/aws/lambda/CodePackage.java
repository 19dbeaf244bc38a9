// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.aws.lambda;

import java.nio.file.Path;

/**
 * A deployment package, unpacked. Immutable.
 *
 * @param sha256 of the package as it came, base64
 * @param size of the package as it came, in bytes
 * @param directory where it is unpacked
 */
record CodePackage(String sha256, long size, Path directory) {}
