// SPDX-License-Identifier: Apache-2.0
/**
 * Messages to users. None leaves the simulator: each is an event of the journal, readable at {@code
 * /_syncline/cognito/messages}.
 */
@NullMarked
package dev.syncline.sim.services.cognito.message;

import org.jspecify.annotations.NullMarked;
