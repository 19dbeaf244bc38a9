// SPDX-License-Identifier: Apache-2.0
/**
 * What realtime connections of Event APIs and GraphQL APIs share: their life, their subscriptions'
 * ends, and delivery to many of them.
 */
@NullMarked
package dev.syncline.sim.services.appsync.realtime;

import org.jspecify.annotations.NullMarked;
