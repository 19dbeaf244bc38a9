// SPDX-License-Identifier: Apache-2.0
/** EventBridge: connections, which hold the credentials of HTTPS targets. */
@NullMarked
package dev.syncline.sim.aws.eventbridge;

import org.jspecify.annotations.NullMarked;
