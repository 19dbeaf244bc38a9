// SPDX-License-Identifier: Apache-2.0
/** Scripted peers of the hosts. */
@NullMarked
package dev.syncline.worker.testing;

import org.jspecify.annotations.NullMarked;
