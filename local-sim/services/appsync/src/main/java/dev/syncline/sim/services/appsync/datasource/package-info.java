// SPDX-License-Identifier: Apache-2.0
/** Data sources of an API, and the execution of handlers' requests. */
@NullMarked
package dev.syncline.sim.services.appsync.datasource;

import org.jspecify.annotations.NullMarked;
