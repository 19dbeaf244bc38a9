// SPDX-License-Identifier: Apache-2.0
/**
 * AWS AppSync Events: the control plane as operations, the data plane as two endpoints of the port.
 * What is allowed and what goes where is decided by {@code dev.syncline.sim.events}.
 */
@NullMarked
package dev.syncline.sim.services.appsync;

import org.jspecify.annotations.NullMarked;
