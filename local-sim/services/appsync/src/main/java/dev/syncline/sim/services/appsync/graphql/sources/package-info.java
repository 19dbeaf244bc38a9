// SPDX-License-Identifier: Apache-2.0
/** The data sources of GraphQL APIs: request documents and their results. */
@NullMarked
package dev.syncline.sim.services.appsync.graphql.sources;

import org.jspecify.annotations.NullMarked;
