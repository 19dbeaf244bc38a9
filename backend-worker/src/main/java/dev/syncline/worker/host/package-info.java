// SPDX-License-Identifier: Apache-2.0
/** What the hosts that are processes have in common: they poll, have bounds, and drain. */
@NullMarked
package dev.syncline.worker.host;

import org.jspecify.annotations.NullMarked;
