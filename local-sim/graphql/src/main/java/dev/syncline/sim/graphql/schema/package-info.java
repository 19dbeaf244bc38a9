// SPDX-License-Identifier: Apache-2.0
/** Schemas: reading, checking, editing and showing them. */
@NullMarked
package dev.syncline.sim.graphql.schema;

import org.jspecify.annotations.NullMarked;
