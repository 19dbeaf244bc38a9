// SPDX-License-Identifier: Apache-2.0
/** Data sources of an API: what they are, and how the request of a handler is carried out. */
@NullMarked
package dev.syncline.sim.services.appsync.datasource;

import org.jspecify.annotations.NullMarked;
