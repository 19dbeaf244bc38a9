// SPDX-License-Identifier: Apache-2.0
/** APPSYNC_JS resolvers and functions. */
@NullMarked
package dev.syncline.sim.graphql.js;

import org.jspecify.annotations.NullMarked;
