// SPDX-License-Identifier: Apache-2.0
/**
 * The data of user pools with its one writer, {@link
 * dev.syncline.sim.services.cognito.pool.PoolStore}, the errors of the room, and the interfaces
 * between the parts of the room: {@link dev.syncline.sim.services.cognito.pool.TokenService},
 * {@link dev.syncline.sim.services.cognito.pool.TriggerCalls} and {@link
 * dev.syncline.sim.services.cognito.pool.UserMessages}.
 */
@NullMarked
package dev.syncline.sim.services.cognito.pool;

import org.jspecify.annotations.NullMarked;
