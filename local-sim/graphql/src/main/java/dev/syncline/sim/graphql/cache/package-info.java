// SPDX-License-Identifier: Apache-2.0
/** The cache of a GraphQL API: results of resolvers and whole responses. */
@NullMarked
package dev.syncline.sim.graphql.cache;

import org.jspecify.annotations.NullMarked;
