// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon Cognito user pools.
 *
 * <p>Sources: the API reference of Cognito user pools and its published model, version 2016-04-18,
 * and recorded answers.
 *
 * <p>Not simulated: passkeys, branding of the managed login, terms, risk configuration, log
 * delivery and import jobs. Identity providers are kept; sign-in with them is not supported.
 *
 * <p>Reading order: {@link dev.syncline.sim.services.cognito.CognitoProvider}, {@link
 * dev.syncline.sim.services.cognito.CognitoService}, {@code CognitoComponents} (what is created, in
 * its order), {@code pool} (data, store, errors and the rules of names, attributes and passwords),
 * the operations of administrators here, {@code message}, {@code auth} (sign-up and sign-in),
 * {@code token}, {@code trigger}, {@code oauth}, {@code resources}.
 */
@NullMarked
package dev.syncline.sim.services.cognito;

import org.jspecify.annotations.NullMarked;
