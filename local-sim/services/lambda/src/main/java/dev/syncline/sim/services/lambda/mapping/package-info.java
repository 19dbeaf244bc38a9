// SPDX-License-Identifier: Apache-2.0
/** Event source mappings: functions that are invoked with the messages of a queue. */
@NullMarked
package dev.syncline.sim.services.lambda.mapping;

import org.jspecify.annotations.NullMarked;
