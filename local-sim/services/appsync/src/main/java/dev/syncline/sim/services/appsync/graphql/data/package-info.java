// SPDX-License-Identifier: Apache-2.0
/** The data plane of GraphQL APIs: queries and mutations over HTTP, subscriptions. */
@NullMarked
package dev.syncline.sim.services.appsync.graphql.data;

import org.jspecify.annotations.NullMarked;
