// SPDX-License-Identifier: Apache-2.0
/** Executes GraphQL documents as AppSync does. */
@NullMarked
package dev.syncline.sim.graphql.execution;

import org.jspecify.annotations.NullMarked;
