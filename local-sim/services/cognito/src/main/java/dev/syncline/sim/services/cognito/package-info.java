// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon Cognito user pools.
 *
 * <p>Sources: the API reference of Cognito user pools and its published model, version 2016-04-18,
 * and recorded answers.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.CognitoProvider}, {@link
 * dev.syncline.sim.services.cognito.CognitoService}, {@code pool} (data, store and errors).
 */
@NullMarked
package dev.syncline.sim.services.cognito;

import org.jspecify.annotations.NullMarked;
