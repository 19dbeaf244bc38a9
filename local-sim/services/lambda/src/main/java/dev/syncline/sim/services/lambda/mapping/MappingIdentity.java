// SPDX-License-Identifier: Apache-2.0
package dev.syncline.sim.services.lambda.mapping;

/**
 * What a mapping connects.
 *
 * @param functionArn as it is invoked, qualified when the caller named a version or an alias
 */
record MappingIdentity(String uuid, String arn, String sourceArn, String functionArn) {}
