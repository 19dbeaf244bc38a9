// SPDX-License-Identifier: Apache-2.0
/** GraphQL APIs: their records, their store and their operations. */
@NullMarked
package dev.syncline.sim.services.appsync.graphql;

import org.jspecify.annotations.NullMarked;
