// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon EventBridge: PutEvents on the default event bus, and connections: the credentials that
 * Step Functions' HTTP Tasks call with.
 *
 * <p>Not supported: other buses, rules and API destinations. A connection with OAuth is authorized
 * at once; its token is fetched by the first task that needs it. Secrets Manager must be registered
 * at the dispatcher: it keeps the parameters of connections.
 *
 * <p>Sources: the service's published model for member names, constraints and error names; the
 * EventBridge API reference and recordings of AWS for behaviour.
 *
 * <p>Read {@code EventBridgeService}, {@code ConnectionOperations} with {@code AuthParameters} (its
 * input), {@code ConnectionJson} (its output) and {@code ConnectionStore}, then {@code
 * EventOperations}. {@code ConnectionAuthorizer} serves the contract with Step Functions.
 */
@NullMarked
package dev.syncline.sim.services.eventbridge;

import org.jspecify.annotations.NullMarked;
