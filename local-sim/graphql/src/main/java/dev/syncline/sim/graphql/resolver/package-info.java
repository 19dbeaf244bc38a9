// SPDX-License-Identifier: Apache-2.0
/** Runs resolvers: unit and pipeline, with templates or APPSYNC_JS. */
@NullMarked
package dev.syncline.sim.graphql.resolver;

import org.jspecify.annotations.NullMarked;
