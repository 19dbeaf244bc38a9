// SPDX-License-Identifier: Apache-2.0
/**
 * The data plane of GraphQL APIs: requests over HTTP and realtime connections. {@code
 * GraphqlEndpoint} finds the API, {@code GraphqlAdmissions} verifies the caller, {@code
 * CompiledApis} has the executable form of each API.
 */
@NullMarked
package dev.syncline.sim.services.appsync.graphql.data;

import org.jspecify.annotations.NullMarked;
