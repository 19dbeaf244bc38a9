// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.services.appsync.graphql;

import org.jspecify.annotations.NullMarked;
