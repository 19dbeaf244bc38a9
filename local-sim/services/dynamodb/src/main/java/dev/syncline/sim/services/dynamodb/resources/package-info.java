// SPDX-License-Identifier: Apache-2.0
/** CloudFormation resource types of Amazon DynamoDB. */
@NullMarked
package dev.syncline.sim.services.dynamodb.resources;

import org.jspecify.annotations.NullMarked;
