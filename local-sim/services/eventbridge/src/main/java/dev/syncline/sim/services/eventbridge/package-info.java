// SPDX-License-Identifier: Apache-2.0
/**
 * Amazon EventBridge connections: the credentials that Step Functions' HTTP Tasks call with. Buses,
 * rules and API destinations are not supported.
 */
@NullMarked
package dev.syncline.sim.services.eventbridge;

import org.jspecify.annotations.NullMarked;
