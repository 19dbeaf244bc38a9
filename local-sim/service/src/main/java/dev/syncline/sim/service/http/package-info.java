// SPDX-License-Identifier: Apache-2.0
/** TODO-PACKAGE dev.syncline.sim.service.http. */
@NullMarked
package dev.syncline.sim.service.http;

import org.jspecify.annotations.NullMarked;
