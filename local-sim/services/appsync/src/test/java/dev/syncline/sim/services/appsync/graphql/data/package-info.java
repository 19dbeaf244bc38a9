// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.appsync.graphql.data;

import org.jspecify.annotations.NullMarked;
