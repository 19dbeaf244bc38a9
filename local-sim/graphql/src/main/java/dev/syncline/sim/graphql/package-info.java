// SPDX-License-Identifier: Apache-2.0
/** AppSync GraphQL without I/O: what schemas, resolvers and executions have in common. */
@NullMarked
package dev.syncline.sim.graphql;

import org.jspecify.annotations.NullMarked;
