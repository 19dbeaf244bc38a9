// SPDX-License-Identifier: Apache-2.0
@NullMarked
package dev.syncline.sim.graphql.cache;

import org.jspecify.annotations.NullMarked;
