// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon Cognito identity pools.
 *
 * <p>Sources: the API reference of Cognito identity pools and its published model, version
 * 2014-06-30.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognitoidentity.CognitoIdentityProvider},
 * {@link dev.syncline.sim.services.cognitoidentity.CognitoIdentityService}.
 */
@NullMarked
package dev.syncline.sim.services.cognitoidentity;

import org.jspecify.annotations.NullMarked;
