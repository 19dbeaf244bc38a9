// SPDX-License-Identifier: Apache-2.0
/** What Event APIs and GraphQL APIs of the control plane share. */
@NullMarked
package dev.syncline.sim.services.appsync.common;

import org.jspecify.annotations.NullMarked;
