// SPDX-License-Identifier: Apache-2.0
/**
 * Subscriptions: the frames of the protocol {@code graphql-ws}, its decisions, filters and the
 * index that finds the subscriptions of a mutation. It does no I/O.
 */
@NullMarked
package dev.syncline.sim.graphql.subscription;

import org.jspecify.annotations.NullMarked;
